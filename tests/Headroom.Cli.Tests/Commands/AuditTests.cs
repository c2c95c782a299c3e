using System.Text.Json;
using Headroom.Cli.Tests.Transcripts;

namespace Headroom.Cli.Tests.Commands;

public sealed class AuditTests : IDisposable
{
    private static readonly string s_session = TestTranscripts.PathOf("claude-code-session.jsonl"), s_chat = TestTranscripts.PathOf("chat-messages.jsonl");

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void A_table_goes_to_stdout_without_colours_where_that_is_no_terminal()
    {
        ToolResult result = _tool.Run("", "audit", s_chat, "--model", "gpt-6-sol").Ended(ExitCodes.Success);
        Assert.Equal("", result.Talk);
        Assert.Equal("1 file, 1 conversation, 4 requests, 3 tool results", result.Lines[0]);
        Assert.Equal("balanced mode, retrieval possible, gpt-6-sol", result.Lines[1]);
        foreach (string part in new[] { "whole wire", "new input", "touched results", "By kind of text", "By tool", "heaviest results", "cost", "$" }) Assert.Contains(part, result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", result.Text, StringComparison.Ordinal);
    }

    /// <summary>HEADROOM_ACCEPT=1 rewrites it.</summary>
    [Fact]
    public void The_example_in_the_documentation_is_what_the_tool_prints()
    {
        const string Begin = "<!-- audit:output -->\n```text\n";
        string path = RepositoryFiles.PathOf("docs/audit.md"), page = File.ReadAllText(path), printed = _tool.Run("", "audit", s_session).Ended(ExitCodes.Success).Text;
        int start = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = page.IndexOf("```", start, StringComparison.Ordinal);
        string expected = page[..start] + printed + page[end..];
        if (Environment.GetEnvironmentVariable("HEADROOM_ACCEPT") == "1") File.WriteAllText(path, expected);
        else Assert.Equal(expected, page);
    }

    [Fact]
    public void Json_has_the_documented_shape()
    {
        using JsonDocument json = JsonDocument.Parse(_tool.Run("", "audit", "--json", s_session).Ended(ExitCodes.Success).Lines.Single());
        JsonElement root = json.RootElement;
        Assert.Equal(["schema", "settings", "files", "total", "byKind", "byTool", "heaviest", "conversations"], Names(root));
        Assert.Equal(["mode", "retrieval", "contextWindow", "model", "pricesAsOf", "counter"], Names(root.GetProperty("settings")));
        Assert.Equal(["file", "format", "conversations", "brokenLines", "firstBrokenLine"], Names(root.GetProperty("files")[0]));
        Assert.Equal(
            ["conversations", "requests", "estimatedRetrievalRounds", "tokensNotInTranscript", "wholeWire", "newInput", "touchedItems", "cacheWithout", "cacheSent", "cost", "costWithoutPrices", "reported", "cacheModel"],
            Names(root.GetProperty("total")));
        Assert.Equal(["before", "after", "toolDeclaration", "markers", "retrieval", "sent", "net", "netShare"], Names(root.GetProperty("total").GetProperty("wholeWire")));
        Assert.Equal(["unit", "without", "sent", "net", "netShare", "output", "reportedRequests", "reported", "modelledOfReported"], Names(root.GetProperty("total").GetProperty("cost")));
        Assert.Equal(["name", "results", "changed", "cut", "neededAgain", "before", "after", "wireBefore", "wireSent"], Names(root.GetProperty("byKind")[0]));
        Assert.Equal(
            ["file", "conversation", "tool", "line", "request", "kind", "form", "reason", "tokensBefore", "tokensAfter", "timesSent", "wireBefore", "wireSent", "estimatedRetrievals"],
            Names(root.GetProperty("heaviest")[0]));
        JsonElement main = root.GetProperty("conversations")[0];
        Assert.Equal(
            ["file", "conversation", "models", "canRetrieve", "requests", "estimatedRetrievalRounds", "tokensNotInTranscript", "wholeWire", "newInput", "touchedItems", "cacheWithout", "cacheSent", "providerTokensPerCounted", "output", "cost", "reported", "cacheModel", "breaks", "volatile", "items", "turns"],
            Names(main));
        Assert.Equal(8, main.GetProperty("turns").GetArrayLength());
        Assert.Equal("elided", root.GetProperty("heaviest")[0].GetProperty("form").GetString());
        JsonElement wire = main.GetProperty("wholeWire");
        Assert.Equal(wire.GetProperty("before").GetInt64() - wire.GetProperty("sent").GetInt64(), wire.GetProperty("net").GetInt64());
    }

    [Fact]
    public void Stdin_folders_and_files_may_be_mixed()
    {
        Directory.CreateDirectory(Path.Combine(_tool.Folder, "deep", ".er"));
        _tool.WriteFile("deep/.er/one.JSONL", File.ReadAllBytes(s_chat));
        Directory.CreateSymbolicLink(Path.Combine(_tool.Folder, "deep", "round"), Path.Combine(_tool.Folder, "deep")); // must not be followed
        _tool.WriteFile("deep/settings.json", "{\"theme\":\"dark\"}");
        _tool.WriteFile("deep/notes.txt", "not looked at");
        ToolResult result = _tool.Run(File.ReadAllBytes(s_chat), "audit", "-", Path.Combine(_tool.Folder, "deep"), s_session).Ended(ExitCodes.Success);
        Assert.StartsWith("3 files, 4 conversations, 18 requests", result.Text, StringComparison.Ordinal);
        Assert.Contains("headroom: 1 file of the folders passed over: no recorded conversation in them.", result.Talk, StringComparison.Ordinal);
        Assert.Contains("stdin", result.Text, StringComparison.Ordinal);
        Assert.Contains("claude-code-session.jsonl: 1 line could not be read and was left out; the first is line 34.", result.Talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.jsonl", ExitCodes.CannotRead, "no such file")]
    [InlineData("empty.jsonl", ExitCodes.BadData, "it is empty")]
    [InlineData("garbage.jsonl", ExitCodes.BadData, "it is not JSON")]
    [InlineData("other.json", ExitCodes.BadData, "no conversation of a format that is known")]
    public void A_file_that_cannot_be_audited_is_named_and_the_others_are_audited(string file, int exitCode, string why)
    {
        _tool.WriteFile("empty.jsonl", "");
        _tool.WriteFile("garbage.jsonl", "\u0001\u0002 nonsense {]\n");
        _tool.WriteFile("other.json", "{\"a\":[1,2]}");
        ToolResult alone = _tool.Run("", "audit", file).Ended(exitCode);
        Assert.Empty(alone.Bytes);
        Assert.StartsWith("headroom: cannot ", alone.Talk, StringComparison.Ordinal);
        Assert.Contains(why, alone.Talk, StringComparison.Ordinal);
        Assert.StartsWith("1 file, 1 conversation", _tool.Run("", "audit", file, s_chat).Ended(exitCode).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_conversations_is_said_to_be_one() =>
        Assert.Contains("no recorded conversation was found", _tool.Run("", "audit", _tool.Folder).Ended(ExitCodes.BadData).Talk, StringComparison.Ordinal);

    [Theory]
    [InlineData("--mode", "brutal")]
    [InlineData("--format", "xml")]
    [InlineData("--top", "0")]
    [InlineData("--context-window", "100")]
    [InlineData("--context-window", "8000", "--mode", "lossless")]
    [InlineData("--html", "")]
    [InlineData("--fast")]
    [InlineData("-", "-")]
    public void A_wrong_command_line_is_refused(params string[] arguments) =>
        Assert.StartsWith("headroom: ", _tool.Run("", ["audit", .. arguments]).Ended(ExitCodes.Usage).Talk, StringComparison.Ordinal);

    [Fact]
    public void Prices_of_the_users_own_come_first()
    {
        string prices = _tool.WriteFile("prices.json", """{"asOf":"2026-11-25","models":{"my-model":{"input":1,"cacheWrite":1,"cacheRead":1,"output":0}}}""");
        string text = _tool.Run("", "audit", "--mode", "lossless", "--json", "--model", "my-model", "--prices", prices, s_chat).Ended(ExitCodes.Success).Text;
        JsonElement root = JsonDocument.Parse(text).RootElement;
        Assert.Equal("2026-11-25", root.GetProperty("settings").GetProperty("pricesAsOf").GetString());
        Assert.Equal(root.GetProperty("total").GetProperty("wholeWire").GetProperty("before").GetInt64() / 1_000_000.0, root.GetProperty("total").GetProperty("cost").GetProperty("without").GetDouble(), 6);
        Assert.Contains("cannot use", _tool.Run("", "audit", "--prices", s_chat, s_chat).Ended(ExitCodes.BadData).Talk, StringComparison.Ordinal);
        Assert.Contains("no such file", _tool.Run("", "audit", "--prices", "none.json", s_chat).Ended(ExitCodes.CannotRead).Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void A_format_can_be_forced() =>
        Assert.Contains("taken for codex", _tool.Run("", "audit", "--format", "codex", s_session).Ended(ExitCodes.BadData).Talk, StringComparison.Ordinal);

    [Fact]
    public void A_page_is_written_beside_the_table_and_a_folder_that_is_missing_is_said_first()
    {
        string page = Path.Combine(_tool.Folder, "audit.html");
        ToolResult result = _tool.Run("", "audit", s_chat, "--html", page).Ended(ExitCodes.Success);
        Assert.Contains("whole wire", result.Text, StringComparison.Ordinal);
        Assert.Equal($"headroom: wrote {page}\n", result.Talk);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Contains("there is no folder", _tool.Run("", "audit", s_chat, "--html", "nowhere/audit.html").Ended(ExitCodes.CannotRead).Talk, StringComparison.Ordinal);
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
