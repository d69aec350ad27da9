# bash completion of zone. Made by `zone help --completion` from the tables of commands and options.
_zone()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W 'check info area tabulate overlap change merge farmland layout indicators query quota validate convert convert-area help --help --version' -- "$word"))
        return
    fi
    case $before in
    --area) COMPREPLY=($(compgen -W 'survey survey:split=70 survey:legacy ellipsoid geodesic grid' -- "$word")); return ;;
    --scheme) COMPREPLY=($(compgen -W 'all cut' -- "$word")); return ;;
    --to) COMPREPLY=($(compgen -W 'm2 mu wanmu ha km2 平方米 亩 万亩 公顷 平方公里' -- "$word")); return ;;
    --order) COMPREPLY=($(compgen -W 'batch priority best best-sites best-area' -- "$word")); return ;;
    --to-encoding) COMPREPLY=($(compgen -W 'UTF-8 GBK' -- "$word")); return ;;
    --invalid) COMPREPLY=($(compgen -W 'repair reject fail' -- "$word")); return ;;
    --encoding) COMPREPLY=($(compgen -W 'UTF-8 GBK GB18030' -- "$word")); return ;;
    --classes) COMPREPLY=($(compgen -W 'gbt21010-2017 survey-2019 use-2020 use-2023' -- "$word")); return ;;
    --unit) COMPREPLY=($(compgen -W 'm2 mu wanmu ha km2 平方米 亩 万亩 公顷 平方公里' -- "$word")); return ;;
    --format) COMPREPLY=($(compgen -W 'text csv json jsonl xlsx junit' -- "$word")); return ;;
    --lang) COMPREPLY=($(compgen -W 'zh en' -- "$word")); return ;;
    -o|--plot|--zones|--move|--resume|--output|--meta|--pieces|--partial) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --*)
        case $before in
        --help|--explain|--no-coverage|--all|--any-driver|--exact|--quiet|--man|--completion) ;;
        *) return ;;
        esac ;;
    esac
    case ${COMP_WORDS[1]} in
    check) options='--area --explain --threads --format --output --meta --lang --quiet --help ' ;;
    info) options='--crs --encoding --field --any-driver --format --output --meta --lang --quiet --help ' ;;
    area) options='--by --area --explain --control --scheme --crs --invalid --encoding --field --any-driver --classes --threads --memory --unit --exact --format --output --meta --partial --lang --quiet --help ' ;;
    tabulate) options='--by --zones --zone-by --zones-crs --area --explain --control --scheme --crs --invalid --encoding --field --any-driver --classes --threads --memory --unit --exact --format --output --meta --pieces --partial --lang --quiet --help ' ;;
    overlap) options='--by --area --explain --crs --invalid --encoding --field --any-driver --classes --threads --memory --unit --exact --format --output --meta --pieces --lang --quiet --help ' ;;
    change) options='--by --by-new --zones --zone-by --zones-crs --area --explain --crs --invalid --encoding --field --any-driver --classes --threads --memory --unit --exact --format --output --meta --pieces --partial --lang --quiet --help ' ;;
    merge) options='--control --scheme --unit --exact --format --output --meta --partial --lang --quiet --help ' ;;
    farmland) options='--area --explain --threads --unit --exact --format --output --meta --lang --quiet --help ' ;;
    layout) options='--area --threads --format --output --meta --lang --quiet --help ' ;;
    indicators) options='--format --output --meta --lang --quiet --help ' ;;
    query) options='--at --plot --at-crs --within --nearest --area --crs --invalid --encoding --field --any-driver --threads --unit --exact --format --output --meta --lang --quiet --help ' ;;
    quota) options='--area --order --all --without --move --resume --crs --invalid --encoding --field --any-driver --threads --memory --unit --exact --format --output --meta --pieces --lang --quiet --help ' ;;
    validate) options='--area --narrow --tiny --no-coverage --crs --encoding --field --any-driver --threads --unit --exact --format --output --meta --lang --quiet --help ' ;;
    convert) options='--crs --to-crs --to-encoding --encoding --field --any-driver --memory --format --output --meta --lang --quiet --help ' ;;
    convert-area) options='--to --format --output --meta --lang --quiet --help ' ;;
    help) options='--lang --man --completion --help ' ;;
    esac
    case $word in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
    esac
}
complete -o filenames -F _zone zone
