namespace Headroom;

/// <summary>Policies by tool name, as <see cref="HeadroomOptions.Tool"/> collects them.</summary>
internal sealed class ToolPolicies
{
    private readonly Dictionary<string, ToolPolicy> _named = new(StringComparer.Ordinal);
    private readonly List<(string Beginning, ToolPolicy Policy)> _beginnings = [];

    public ToolPolicies()
    {
    }

    private ToolPolicies(ToolPolicies other)
    {
        _named = new Dictionary<string, ToolPolicy>(other._named, StringComparer.Ordinal);
        _beginnings = [.. other._beginnings];
    }

    /// <summary>Whether some tool may be cut whatever the mode is.</summary>
    public bool AnyMayElide => _named.Values.Concat(_beginnings.Select(b => b.Policy)).Any(p => p is ToolPolicy.Balanced or ToolPolicy.Aggressive);

    public ToolPolicies Clone() => new(this);

    public void Set(string tool, ToolPolicy policy)
    {
        if (!tool.EndsWith('*'))
        {
            _named[tool] = policy;
            return;
        }

        string beginning = tool[..^1];
        _beginnings.RemoveAll(b => b.Beginning == beginning);
        _beginnings.Add((beginning, policy));
        _beginnings.Sort((a, b) => b.Beginning.Length - a.Beginning.Length); // the longest that fits wins
    }

    /// <summary>The policy of a tool: by its exact name, else by the longest beginning that fits, else <see cref="ToolPolicy.Inherit"/>.</summary>
    public ToolPolicy Of(string? tool)
    {
        if (tool is null || (_named.Count == 0 && _beginnings.Count == 0)) return ToolPolicy.Inherit;
        if (_named.TryGetValue(tool, out ToolPolicy policy)) return policy;
        foreach ((string beginning, ToolPolicy ofBeginning) in _beginnings)
        {
            if (tool.StartsWith(beginning, StringComparison.Ordinal)) return ofBeginning;
        }

        return ToolPolicy.Inherit;
    }
}
