using System.Text.Json;
using Headroom.Cli.Wire;
using Headroom.Retrieval;
using Headroom.Storage;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>What the client has been told about the server's tools, and what follows for their results. Thread-safe.</summary>
internal sealed class ToolCatalog(GatewaySettings settings, IOriginalStore? store)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ToolFacts> _tools = new(StringComparer.Ordinal);
    private volatile ConversationCompressor _compressor = Build(settings, store, []);
    private volatile bool _isDeclared, _isTaken;

    /// <summary>Compresses results as the policies of the tools say.</summary>
    public ConversationCompressor Compressor => _compressor;

    /// <summary>Whether the client has been told of our tool: only then can a model call it, and only then is anything cut (law 5).</summary>
    public bool IsDeclared => _isDeclared && !_isTaken;

    /// <summary>What is known of a tool; <see langword="null"/> where the client called it without having asked for the list.</summary>
    public ToolFacts? Find(string tool)
    {
        lock (_lock) return _tools.GetValueOrDefault(tool);
    }

    /// <summary>Takes in a page of the list of tools, and makes of it what the client is to see: the same, with our tool last.</summary>
    public ReadOnlyMemory<byte> Rewrite(RpcMessage page)
    {
        JsonSpan[] members = page.Members(page.Result, "tools", "nextCursor");
        if (members[0].Kind != JsonTokenType.StartArray) return page.Bytes;
        List<JsonSpan> tools = members[0].Elements(page.Bytes.Span);
        TakeIn(tools.Select(t => ToolFacts.Read(page, t)).OfType<ToolFacts>());
        var edits = new JsonEdits(page.Bytes);
        if (settings.Structured == StructuredPolicy.Text)
        {
            foreach (JsonSpan tool in tools) RemoveSchema(edits, page, tool);
        }

        bool isLast = members[1].Kind is JsonTokenType.None or JsonTokenType.Null;
        if (isLast && Compressor.MayElide && store is not null && !_isTaken && (tools.Count > 0 || HasTools()))
        {
            if (tools.Count > 0) edits.Insert(End(members[0]), ","u8);
            edits.Insert(End(members[0]), RetrieveDeclaration.Json);
            _isDeclared = true;
        }

        return edits.Apply();
    }

    private static int End(JsonSpan array) => array.Start + array.Length - 1;

    private static void RemoveSchema(JsonEdits edits, RpcMessage page, JsonSpan tool)
    {
        if (tool.Kind != JsonTokenType.StartObject) return;
        (int start, int length) = tool.WholeMember(page.Bytes.Span, "outputSchema");
        if (length > 0) edits.Remove(start, length);
    }

    private bool HasTools()
    {
        lock (_lock) return _tools.Count > 0;
    }

    private void TakeIn(IEnumerable<ToolFacts> tools)
    {
        lock (_lock)
        {
            foreach (ToolFacts tool in tools)
            {
                _tools[tool.Name] = tool;
                if (tool.Name == RetrievalTool.Name) _isTaken = true;
            }

            _compressor = Build(settings, store, [.. _tools.Values]);
        }
    }

    private static ConversationCompressor Build(GatewaySettings settings, IOriginalStore? store, IReadOnlyList<ToolFacts> tools)
    {
        var options = new HeadroomOptions { Mode = settings.Mode };
        foreach ((string tool, ToolPolicy policy) in settings.Tools) options.Tool(tool).Set(policy);
        foreach (ToolFacts tool in tools)
        {
            // What the user says about a tool wins; a name that options would read as several names says nothing.
            if (!string.IsNullOrWhiteSpace(tool.Name) && !tool.Name.Contains('*', StringComparison.Ordinal) && !settings.Tools.Any(given => Covers(given.Key, tool.Name)))
                options.Tool(tool.Name).FromMcpAnnotations(tool.ReadOnly, tool.Destructive);
        }

        return new ConversationCompressor(options, store: store);
    }

    private static bool Covers(string given, string tool) =>
        given.EndsWith('*') ? tool.StartsWith(given[..^1], StringComparison.Ordinal) : tool == given;
}
