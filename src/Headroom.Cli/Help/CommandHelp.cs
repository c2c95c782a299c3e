namespace Headroom.Cli.Help;

/// <summary>What the help of a command says besides what its options do.</summary>
/// <param name="Page">Where to read more.</param>
/// <param name="Examples">Command lines that can be copied, the most usual first.</param>
internal sealed record CommandHelp(string Page, params IReadOnlyList<string> Examples)
{
    /// <summary>By the command as it is typed, without <c>headroom</c>. A new command adds its own.</summary>
    public static IReadOnlyDictionary<string, CommandHelp> All { get; } = new Dictionary<string, CommandHelp>
    {
        [""] = new("docs/cli.md", "headroom compress app.log", "headroom run -- dotnet test", "headroom wrap claude", "headroom doctor"),
        ["compress"] = new("docs/cli.md#compress", "headroom compress app.log > small.txt", "kubectl get pods -o json | headroom compress --query \"which pod restarts?\"", "headroom compress app.log --explain > /dev/null"),
        ["expand"] = new("docs/cli.md#expand", "headroom expand small.txt"),
        ["retrieve"] = new("docs/cli.md#retrieve", "headroom retrieve 7kq2m9x4wz > app.log", "headroom retrieve 7kq2m9x4wz --lines 120-180", "headroom retrieve 7kq2m9x4wz --query \"timed out\""),
        ["run"] = new("docs/run.md", "headroom run -- dotnet test", "headroom run --merge-stderr --query \"why does it fail?\" -- npm run build"),
        ["wrap"] = new("docs/wrap.md", "headroom wrap claude", "headroom wrap claude -p \"why does it fail?\"      # what stands behind is the agent's own", "headroom wrap --mode lossless -- my-agent --its-option"),
        ["unwrap"] = new("docs/wrap.md#files", "headroom unwrap", "headroom unwrap cursor"),
        ["proxy"] = new("docs/proxy.md", "headroom proxy", "ANTHROPIC_BASE_URL=http://127.0.0.1:8787 claude      # in another terminal", "headroom proxy --shadow                               # only measures"),
        ["mcp"] = new("docs/mcp.md", "claude mcp add --scope user headroom -- headroom mcp", "codex mcp add headroom -- headroom mcp"),
        ["mcp gateway"] = new("docs/mcp.md#the-gateway", "headroom mcp gateway -- npx -y @modelcontextprotocol/server-filesystem ~/src", "headroom mcp gateway --url https://mcp.example.com/mcp --header 'Authorization: Bearer ${TOKEN}'"),
        ["audit"] = new("docs/audit.md", "headroom audit ~/.claude/projects", "headroom audit ~/.codex/sessions --html audit.html", "headroom audit requests.jsonl --json"),
        ["stats"] = new("docs/cli.md#stats", "headroom stats", "headroom stats --of new-input", "headroom stats --csv > stats.csv"),
        ["doctor"] = new("docs/doctor.md", "headroom doctor", "headroom doctor ~/.claude/projects/my-project", "headroom doctor --offline --json"),
        ["store"] = new("docs/cli.md#store", "headroom store stats", "headroom store prune --idle 30d"),
        ["store stats"] = new("docs/cli.md#store", "headroom store stats --json"),
        ["store verify"] = new("docs/cli.md#store", "headroom store verify"),
        ["store prune"] = new("docs/cli.md#store", "headroom store prune --idle 30d", "headroom store prune --max-size 500MB"),
        ["store export"] = new("docs/cli.md#store", "headroom store export > originals.ndjson"),
        ["completion"] = new("docs/cli.md#completion", "eval \"$(headroom completion bash)\"                     # in ~/.bashrc", "eval \"$(headroom completion zsh)\"                      # in ~/.zshrc", "headroom completion fish > ~/.config/fish/completions/headroom.fish", "headroom completion pwsh | Out-String | Invoke-Expression   # in $PROFILE"),
    };
}
