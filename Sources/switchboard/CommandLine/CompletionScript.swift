/// The scripts that make shells ask this program what may stand next.
enum CompletionScript {
  /// The shells that there is one for.
  static let shells = ["bash", "zsh", "fish"]

  static func text(for shell: String) -> String? {
    switch shell {
    case "bash": bash
    case "zsh": zsh
    case "fish": fish
    default: nil
    }
  }

  /// A name with blanks is escaped; what ends in a sign goes on at once.
  private static let bash = """
    # bash completion of switchboard: put this into /usr/share/bash-completion/completions/switchboard,
    # or: source <(switchboard completion bash)
    _switchboard() {
      local line candidates=()
      while IFS= read -r line; do
        candidates+=("$(printf '%q' "$line")")
      done < <(switchboard complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
      COMPREPLY=("${candidates[@]}")
      if [ "${#COMPREPLY[@]}" -eq 0 ]; then
        compopt -o default
      elif [[ "${COMPREPLY[0]}" == *= ]]; then
        compopt -o nospace
      fi
    }
    complete -F _switchboard switchboard
    """

  private static let zsh = """
    #compdef switchboard
    # zsh completion of switchboard: put this as _switchboard into a folder of $fpath,
    # or: source <(switchboard completion zsh)
    _switchboard() {
      local -a found open
      found=("${(@f)$(switchboard complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
      found=("${(@)found:#}")
      open=("${(@M)found:#*=}")
      found=("${(@)found:#*=}")
      if (( ${#open} )); then compadd -S '' -- "${open[@]}"; fi
      if (( ${#found} )); then compadd -- "${found[@]}"; fi
      if (( ! ${#open} && ! ${#found} )); then _files; fi
    }
    compdef _switchboard switchboard
    """

  private static let fish = """
    # fish completion of switchboard: put this into ~/.config/fish/completions/switchboard.fish,
    # or: switchboard completion fish | source
    function __switchboard
      set -l words (commandline -opc) (commandline -ct)
      switchboard complete $words[2..-1] 2>/dev/null
    end
    complete -c switchboard -n 'test -z "$(__switchboard)"' -F
    complete -c switchboard -n 'test -n "$(__switchboard)"' -f -a '(__switchboard)'
    """
}
