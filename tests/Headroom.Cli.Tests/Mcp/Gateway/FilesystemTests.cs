using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Headroom.Cli.Tests.Mcp.Gateway;

/// <summary>The reference filesystem server, whose every tool declares an output schema, behind the gateway: with a client that knows nothing, the SDK's, and the inspector.</summary>
public sealed class FilesystemTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly string _log;

    public FilesystemTests() => _log = _tool.WriteFile("service.log", TestGateway.LongText);

    public void Dispose() => _tool.Dispose();

    [NpmFact]
    public async Task A_file_is_read_smaller_and_comes_back_exactly()
    {
        using RawClient client = new(RawClient.Gateway(NpmServers.Filesystem(_tool.Folder)), _tool.Folder);
        await client.InitializeAsync();
        await client.AskAsync("tools/list");
        JsonElement result = await client.ResultAsync("tools/call", Call("read_text_file", _log));
        string text = Text(result), id = text[10..20];
        Assert.StartsWith("[headroom ", text, StringComparison.Ordinal);
        Assert.Equal(text, result.GetProperty("structuredContent").GetProperty("content").GetString());

        Assert.Equal(TestGateway.LongText, Text(await client.ResultAsync("tools/call", $$$"""{"name":"headroom_retrieve","arguments":{"id":"{{{id}}}","max_tokens":1000000}}""")));
        Assert.Equal(TestGateway.LongText, _tool.Run("", "retrieve", id).Ended(0).Text); // one store for all
        JsonElement missing = await client.ResultAsync("tools/call", Call("read_text_file", _log + ".missing"));
        Assert.True(missing.GetProperty("isError").GetBoolean());
        Assert.Equal(0, await client.EndAsync());
        Assert.Contains("1 of 1 texts made smaller", client.Talk, StringComparison.Ordinal);
    }

    [NpmFact]
    public async Task Small_answers_are_the_servers_own()
    {
        using RawClient direct = new(NpmServers.Filesystem(_tool.Folder), _tool.Folder), through = new(RawClient.Gateway(NpmServers.Filesystem(_tool.Folder)), _tool.Folder);
        Assert.Equal(await direct.InitializeAsync(), await through.InitializeAsync());
        await Task.WhenAll(direct.AskAsync("tools/list"), through.AskAsync("tools/list"));
        string small = _tool.WriteFile("small.txt", "a line\n");
        foreach (string call in new[] { Call("read_text_file", small), Call("list_directory", _tool.Folder), Call("get_file_info", small), Call("read_text_file", "/etc/passwd"), Call("list_allowed_directories", ".") })
            Assert.Equal(await direct.AskAsync("tools/call", call), await through.AskAsync("tools/call", call));
    }

    [NpmFact]
    public async Task Results_of_tools_that_write_are_not_cut()
    {
        using RawClient client = new(RawClient.Gateway(NpmServers.Filesystem(_tool.Folder)), _tool.Folder);
        await client.InitializeAsync();
        await client.AskAsync("tools/list");
        string edited = string.Concat(TestGateway.LongText.Split('\n').Where((_, i) => i % 2 == 0).Select(l => $"{{\"oldText\":\"{l}\\n\",\"newText\":\"\"}},").Take(300));
        JsonElement result = await client.ResultAsync("tools/call", $$$"""{"name":"edit_file","arguments":{"path":"{{{_log}}}","edits":[{{{edited[..^1]}}}]}}""");
        Assert.DoesNotContain("[headroom ", Text(result), StringComparison.Ordinal);
    }

    [NpmFact]
    public async Task The_sdk_client_takes_what_comes_through()
    {
        string[] command = RawClient.Gateway(NpmServers.Filesystem(_tool.Folder), "--tool", "read_multiple_files=lossless");
        await using McpClient client = await McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = command[0],
            Arguments = command[1..],
            EnvironmentVariables = new Dictionary<string, string?> { ["XDG_DATA_HOME"] = Path.Combine(_tool.Folder, "data") },
        }));
        IList<McpClientTool> tools = await client.ListToolsAsync();
        Assert.Equal("headroom_retrieve", tools[^1].Name);
        Assert.NotNull(tools[0].ProtocolTool.OutputSchema);
        CallToolResult cut = await client.CallToolAsync("read_text_file", new Dictionary<string, object?> { ["path"] = _log });
        string text = cut.Content.OfType<TextContentBlock>().Single().Text;
        CallToolResult part = await client.CallToolAsync("headroom_retrieve", new Dictionary<string, object?> { ["id"] = text[10..20], ["lines"] = "700-701" });
        Assert.Contains(string.Join('\n', TestGateway.LongText.Split('\n')[699..701]), part.Content.OfType<TextContentBlock>().Single().Text, StringComparison.Ordinal);
        CallToolResult whole = await client.CallToolAsync("read_multiple_files", new Dictionary<string, object?> { ["paths"] = new[] { _log } });
        Assert.DoesNotContain("[headroom ", whole.Content.OfType<TextContentBlock>().Single().Text, StringComparison.Ordinal);
    }

    [NpmFact]
    public void The_inspector_takes_what_comes_through()
    {
        string list = Inspect(RawClient.Gateway(NpmServers.Filesystem(_tool.Folder)), "--method", "tools/list");
        Assert.Equal("headroom_retrieve", JsonDocument.Parse(list).RootElement.GetProperty("tools").EnumerateArray().Last().GetProperty("name").GetString());
        string[] read = ["--method", "tools/call", "--tool-name", "read_text_file", "--tool-arg", "path=" + _log];
        string direct = Inspect(NpmServers.Filesystem(_tool.Folder), read), through = Inspect(RawClient.Gateway(NpmServers.Filesystem(_tool.Folder), "--structured", "text"), read);
        Assert.True(through.Length * 4 < direct.Length);
        Assert.Contains("[headroom ", through, StringComparison.Ordinal);
        Assert.DoesNotContain("structuredContent", through, StringComparison.Ordinal);
    }

    [NpmFact]
    public void The_inspector_takes_our_own_server()
    {
        string[] server = ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "headroom.dll"), "mcp"];
        JsonElement list = JsonDocument.Parse(Inspect(server, "--method", "tools/list")).RootElement;
        Assert.Equal(["headroom_compress", "headroom_retrieve", "headroom_stats"], list.GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        Assert.Contains("store: ", Inspect(server, "--method", "tools/call", "--tool-name", "headroom_stats"), StringComparison.Ordinal);
    }

    private string Inspect(string[] server, params string[] options)
    {
        string[] line = [.. NpmServers.Inspector, .. server, .. options];
        using Process inspector = Process.Start(new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["XDG_DATA_HOME"] = Path.Combine(_tool.Folder, "data"), ["MCP_CATALOG_PATH"] = Path.Combine(_tool.Folder, "catalog.json") },
        })!;
        Task<string> talk = inspector.StandardError.ReadToEndAsync();
        string output = inspector.StandardOutput.ReadToEnd();
        Assert.True(inspector.WaitForExit(60_000));
        Assert.True(inspector.ExitCode == 0, talk.Result + output);
        return output;
    }

    private static string Call(string tool, string path) => $$$"""{"name":"{{{tool}}}","arguments":{"path":"{{{path}}}"}}""";

    private static string Text(JsonElement result) => result.GetProperty("content")[0].GetProperty("text").GetString()!;
}
