using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Headroom.Cli.Proxy;

namespace Headroom.Cli.Tests.Wrap.RealAgents;

/// <summary>A model on loopback, streaming, in all formats. It has the agent show a file, asks for a part that was left out of it, and answers.</summary>
internal sealed partial class FakeModel : IAsyncDisposable
{
    /// <summary>What it says last.</summary>
    public const string Answer = "The pool was exhausted.";

    /// <summary>The part it asks back.</summary>
    public const string Lines = "20-30";

    private readonly string _file;
    private readonly string? _refusal;
    private readonly FakeProvider _provider;

    /// <param name="file">The file it wants to see.</param>
    /// <param name="refusal">What it says instead of everything, as an error; <see langword="null"/> for a model that answers.</param>
    public FakeModel(string file, string? refusal = null)
    {
        (_file, _refusal) = (file, refusal);
        _provider = new FakeProvider(ServeAsync);
    }

    public string Url => _provider.Url;

    public IEnumerable<RecordedRequest> Requests => _provider.Requests;

    /// <summary>The prompts that declared tools, in order. Agents ask for other things beside them, such as a title.</summary>
    public IReadOnlyList<ModelPrompt> Prompts => [.. Requests.Where(r => r.Line.StartsWith("POST", StringComparison.Ordinal) && r.Body.Length > 0).Select(r => new ModelPrompt(r)).Where(p => p.Tools.Count > 0)];

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private async Task ServeAsync(ProviderConnection connection)
    {
        while (await connection.ReadRequestAsync())
        {
            if (!connection.Request.Line.StartsWith("POST", StringComparison.Ordinal))
            {
                await connection.SendAsync(FakeProvider.Response("200 OK", "Content-Type: application/json\r\n", connection.Request.Line.StartsWith("HEAD", StringComparison.Ordinal) ? "" : """{"data":[]}"""));
                continue;
            }

            if (_refusal is not null)
            {
                await connection.SendAsync(FakeProvider.Response("400 Bad Request", "Content-Type: application/json\r\n", $$$"""{"type":"error","error":{"type":"invalid_request_error","message":"{{{_refusal}}}"}}"""));
                continue;
            }

            var prompt = new ModelPrompt(connection.Request);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            foreach (string answered in prompt.Stream(Next(prompt))) await connection.SendChunkAsync(Encoding.UTF8.GetBytes(answered));
            await connection.SendChunkAsync("");
        }
    }

    /// <summary>What the model does: a call, or its answer.</summary>
    private ModelCall? Next(ModelPrompt prompt)
    {
        if (prompt.Results.Count == 0) return prompt.Tools.Select(Show).FirstOrDefault(c => c is not null);
        string? id = Marker().Match(prompt.Results[0]) is { Success: true } marker ? marker.Groups[1].Value : null;
        return prompt.Results.Count == 1 && id is not null && prompt.Retrieval is { } tool ? new ModelCall(tool, $$"""{"id":"{{id}}","lines":"{{Lines}}"}""") : null;
    }

    private ModelCall? Show(ModelTool tool) => tool.Name switch
    {
        "Bash" or "bash" => new ModelCall(tool, $$"""{"command":"cat {{_file}}","description":"read the log"}"""),
        "exec_command" => new ModelCall(tool, $$"""{"cmd":"cat {{_file}}","max_output_tokens":100000}"""),
        "exec" => new ModelCall(tool, $"text((await tools.exec_command({{cmd:{JsonSerializer.Serialize("cat " + _file)},max_output_tokens:100000}})).output)", IsCode: true),
        _ => null,
    };

    [GeneratedRegex(@"\[headroom ([0-9a-z]+): ")]
    private static partial Regex Marker();
}

/// <summary>A tool as a request declares it.</summary>
internal sealed record ModelTool(string? Namespace, string Name);

/// <summary>A call a model makes.</summary>
internal sealed record ModelCall(ModelTool Tool, string Arguments, bool IsCode = false);
