namespace Headroom.Cli.Completion;

/// <summary>What makes a shell ask this tool how a command line may go on.</summary>
internal static class CompletionScripts
{
    private const string Bash = """
        # bash completion of headroom: eval "$(headroom completion bash)" in ~/.bashrc
        _headroom() {
            local line
            COMPREPLY=()
            while IFS= read -r line; do
                COMPREPLY+=("${line%%$'\t'*}")
            done < <(headroom complete "--last=:${COMP_WORDS[COMP_CWORD]}" -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
        }
        complete -o bashdefault -o default -F _headroom headroom

        """;

    private const string Zsh = """
        #compdef headroom
        # zsh completion of headroom: eval "$(headroom completion zsh)" in ~/.zshrc, behind compinit
        _headroom() {
            local -a found
            local word text
            while IFS=$'\t' read -r word text; do
                found+=("${word//:/\\:}${text:+:$text}")
            done < <(headroom complete "--last=:${words[CURRENT]}" -- "${(@)words[2,CURRENT-1]}" 2>/dev/null)
            if (( ${#found} )); then _describe headroom found; else _files; fi
        }
        compdef _headroom headroom

        """;

    private const string Fish = """
        # fish completion of headroom: headroom completion fish > ~/.config/fish/completions/headroom.fish
        function __headroom_complete
            set -l last (commandline -ct)
            set -l before (commandline -opc)
            set -l found (headroom complete "--last=:$last" -- $before[2..-1] 2>/dev/null)
            if test (count $found) -gt 0
                printf '%s\n' $found
            else
                __fish_complete_path "$last"
            end
        end
        complete -c headroom -f -a '(__headroom_complete)'

        """;

    private const string PowerShell = """
        # PowerShell completion of headroom: headroom completion pwsh | Out-String | Invoke-Expression, in $PROFILE
        Register-ArgumentCompleter -Native -CommandName headroom -ScriptBlock {
            param($word, $line, $position)
            $before = @($line.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
            headroom complete "--last=:$word" -- @before 2>$null | ForEach-Object {
                $found, $text = $_ -split "`t", 2
                if (-not $text) { $text = $found }
                [System.Management.Automation.CompletionResult]::new($found, $found, 'ParameterValue', $text)
            }
        }

        """;

    /// <summary>The shells there is a script for.</summary>
    public static string[] Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of a shell.</summary>
    public static string Of(string shell) => shell switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => PowerShell };
}
