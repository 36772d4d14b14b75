package io.gemproxy.cli.completion;

/** A shell that completes commands. */
enum Shell {
    BASH,
    ZSH,
    FISH
}
