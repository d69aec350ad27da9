"""What the tests of `zone quota` share: survey areas by a formula of their own, scenes, and running the program."""
