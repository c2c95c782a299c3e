using System.Text.Json;
using Headroom.Storage;
using Headroom.Storage.Sqlite;

namespace Headroom.Cli.Tests.Commands;

public sealed class RetrieveTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("one\r\ntwo\n\nthree")]
    [InlineData("\uFEFFbyte order mark\n")]
    public void An_original_comes_back_byte_for_byte(string original) =>
        Assert.Equal(original, _tool.Run("", "retrieve", Stored(original)).Ended(ExitCodes.Success).Text);

    [Fact]
    public void A_home_folder_with_nothing_in_it_is_enough()
    {
        string home = Directory.CreateDirectory(Path.Combine(_tool.Folder, "home")).FullName;
        (_tool.Environment["HOME"], _tool.Environment["LOCALAPPDATA"], _tool.Environment["XDG_DATA_HOME"]) = (home, home, "");
        string lines = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"2026-03-04T09:00:01Z INFO worker-{i % 7} handled request {i} in {i % 90} ms\n"));
        ToolResult cut = _tool.Run(lines, "compress").Ended(0);
        Assert.Equal("", cut.Talk);
        Assert.Equal(lines, _tool.Run("", "retrieve", cut.Text["[headroom ".Length..cut.Text.IndexOf(':', StringComparison.Ordinal)]).Ended(0).Text);
        Assert.NotEmpty(Directory.GetFiles(home, "originals.db", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_long_original_comes_back_whole()
    {
        string original = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n"));
        Assert.Equal(original, _tool.Run("", "retrieve", Stored(original)).Ended(ExitCodes.Success).Text);
    }

    [Fact]
    public void Lines_and_searches_show_parts()
    {
        string id = Stored(string.Concat(Enumerable.Range(1, 3_000).Select(i => $"entry {i} {(i == 1234 ? "needle" : "hay")}\n")));
        string lines = _tool.Run("", "retrieve", id, "--lines", "100-102").Ended(ExitCodes.Success).Text;
        Assert.Contains("entry 101 hay", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("entry 99 ", lines, StringComparison.Ordinal);
        string found = _tool.Run("", "retrieve", id, "--query", "needle").Ended(ExitCodes.Success).Text;
        Assert.Contains("entry 1234 needle", found, StringComparison.Ordinal);
        Assert.DoesNotContain("entry 2000 ", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[headroom {0}: 3 lines, 1 shown]")]
    [InlineData("id={0}")]
    [InlineData(" {0}\n")]
    public void An_id_may_be_pasted_as_it_stands_in_a_text(string pasted)
    {
        string id = Stored("one\ntwo\nthree\n");
        Assert.Equal("one\ntwo\nthree\n", _tool.Run("", "retrieve", string.Format(null, pasted, id)).Ended(ExitCodes.Success).Text);
        Assert.Contains("two", _tool.Run("", "retrieve", string.Format(null, pasted, id.ToUpperInvariant()), "--lines", "2").Ended(ExitCodes.Success).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_keeps_half_a_surrogate_pair()
    {
        string id = Stored("half \uD800 pair");
        Assert.Equal($"{{\"id\":\"{id}\",\"text\":\"half \\ud800 pair\"}}\n", _tool.Run("", "retrieve", id, "--json").Ended(ExitCodes.Success).Text);
    }

    [Theory]
    [InlineData("zzzzzzzzzz", "there is no original zzzzzzzzzz in ")]
    [InlineData("../../etc/passwd", "is not the id of an original")]
    [InlineData("short", "is not the id of an original")]
    public void A_miss_says_so_and_what_to_do(string id, string message)
    {
        ToolResult result = _tool.Run("", "retrieve", id).Ended(ExitCodes.NotFound);
        Assert.Empty(result.Bytes);
        Assert.Contains(message, result.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_original_is_not_shown()
    {
        string original = string.Create(5_000, new Random(1), static (text, random) => { foreach (ref char c in text) c = (char)random.Next(0x4E00, 0x9FA5); });
        string id = Stored(original);
        string file = _tool.StoreFile;
        byte[] bytes = File.ReadAllBytes(file);
        bytes.AsSpan(bytes.Length - 3_000, 100).Clear(); // the last page holds the end of the text
        File.WriteAllBytes(file, bytes);
        ToolResult result = _tool.Run("", "retrieve", id).Ended(ExitCodes.CannotRead);
        Assert.Empty(result.Bytes);
        Assert.Contains("damaged", result.Talk, StringComparison.Ordinal);
        Assert.Contains(": damaged", _tool.Run("", "store", "verify").Ended(ExitCodes.CannotRead).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max-tokens", "5")]
    [InlineData("--max-tokens", "many")]
    [InlineData("--path")]
    public void Wrong_options_are_refused(params string[] options) => _tool.Run("", ["retrieve", Stored("text"), .. options]).Ended(ExitCodes.Usage);

    [Fact]
    public async Task What_compress_cuts_out_of_a_conversation_can_be_retrieved()
    {
        string input = string.Concat(CorpusFile.All.Select(f => JsonSerializer.Serialize(new
        {
            id = f.Id,
            messages = new object[] { new { role = "user", content = f.Question ?? "What happened?" }, new { role = "tool", tool_call_id = "t", content = f.Text } },
        }) + "\n"));
        ToolResult result = _tool.Run(input, "compress", "--conversations", "--mode", "aggressive").Ended(ExitCodes.Success);
        using var store = new SqliteOriginalStore(_tool.StoreFile);
        for (int i = 0; i < CorpusFile.All.Count; i++)
        {
            JsonElement outcome = JsonDocument.Parse(result.Lines[i]).RootElement.GetProperty("outcomes")[0];
            if (outcome.GetProperty("form").GetString() != "elided") continue;
            OriginalLookup lookup = await store.GetAsync(new OriginalKey("", outcome.GetProperty("originalId").GetString()!));
            Assert.Equal(OriginalLookup.Found(CorpusFile.All[i].Text), lookup);
        }
    }

    private string Stored(string original)
    {
        string id = OriginalId.Compute(original);
        using var store = new SqliteOriginalStore(_tool.StoreFile);
        Assert.True(store.PutAsync(new OriginalKey("", id), original).AsTask().Result);
        return id;
    }
}
