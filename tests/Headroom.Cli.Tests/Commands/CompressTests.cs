using System.Text;
using System.Text.Json;

namespace Headroom.Cli.Tests.Commands;

public sealed class CompressTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void An_empty_input_gives_an_empty_output() => Assert.Empty(_tool.Run("", "compress").Ended(ExitCodes.Success).Bytes);

    [Theory]
    [InlineData("no line end")]
    [InlineData("windows\r\nline\r\nends\r\n")]
    [InlineData("\uFEFFa byte order mark, then text\n")]
    [InlineData("nul \0 bell \a escape \u001b[31mred\u001b[0m\n")]
    public void A_text_that_stays_unchanged_keeps_every_byte(string text)
    {
        ToolResult result = _tool.Run(text, "compress").Ended(ExitCodes.Success);
        if (result.Text.Length >= text.Length) Assert.Equal(Encoding.UTF8.GetBytes(text), result.Bytes);
    }

    [Fact]
    public void Bytes_that_are_no_text_pass_through_with_a_note()
    {
        byte[] bytes = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff, 0x00, 0xc0];
        string path = _tool.WriteFile("image.png", bytes);
        ToolResult result = _tool.Run("", "compress", path).Ended(ExitCodes.Success);
        Assert.Equal(bytes, result.Bytes);
        Assert.Contains("is not UTF-8 text; passed through unchanged", result.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_nothing_on_stderr_when_all_is_well() => Assert.Equal("", _tool.Run("some text\n", "compress").Ended(ExitCodes.Success).Talk);

    [Fact]
    public void A_missing_file_is_reported_with_a_way_out()
    {
        ToolResult result = _tool.Run("", "compress", "missing.log").Ended(ExitCodes.CannotRead);
        Assert.Empty(result.Bytes);
        Assert.Equal("headroom: cannot read missing.log: no such file. Check the path, or pipe the text on stdin.\n", result.Talk);
    }

    [Fact]
    public void A_folder_is_reported_as_one() =>
        Assert.Contains("it is a folder", _tool.Run("", "compress", _tool.Folder).Ended(ExitCodes.CannotRead).Talk, StringComparison.Ordinal);

    [Theory]
    [InlineData("compress", "--fast")]
    [InlineData("compress", "-x")]
    [InlineData("compress", "--mode", "brutal")]
    [InlineData("compress", "--ndjson", "--conversations")]
    [InlineData("compress", "--ndjson", "file.txt")]
    [InlineData("compress", "--ndjson", "--query", "x")]
    [InlineData("expand", "--mode", "lossless")]
    [InlineData("shrink")]
    [InlineData]
    public void A_wrong_command_line_is_refused(params string[] arguments)
    {
        ToolResult result = _tool.Run("text", arguments).Ended(ExitCodes.Usage);
        Assert.Empty(result.Bytes);
        Assert.StartsWith("headroom: ", result.Talk, StringComparison.Ordinal);
        Assert.Contains("--help' for what it understands.", result.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_names_every_option_and_version_is_one_line()
    {
        string help = _tool.Run("", "compress", "--help").Ended(ExitCodes.Success).Text;
        foreach (string option in new[] { "--mode", "--query", "--tool", "--json", "--no-retrieval", "--store", "--ndjson", "--conversations", "--explain" })
            Assert.Contains(option, help, StringComparison.Ordinal);
        Assert.Single(_tool.Run("", "--version").Ended(ExitCodes.Success).Lines);
    }

    [Fact]
    public void Json_is_one_object_with_the_outcome()
    {
        using JsonDocument json = JsonDocument.Parse(_tool.Run("héllo \"world\"\n", "compress", "--json").Ended(ExitCodes.Success).Lines.Single());
        Assert.Equal("héllo \"world\"\n", json.RootElement.GetProperty("text").GetString());
        Assert.Equal("unchanged", json.RootElement.GetProperty("form").GetString());
        Assert.Equal("tooSmall", json.RootElement.GetProperty("reason").GetString());
        Assert.Equal(json.RootElement.GetProperty("tokensBefore").GetInt32(), json.RootElement.GetProperty("tokensAfter").GetInt32());
    }

    [Fact]
    public void Several_files_are_told_apart()
    {
        string one = _tool.WriteFile("one.txt", "first");
        string two = _tool.WriteFile("two.txt", "second\n");
        Assert.Equal($"==> {one} <==\nfirst\n==> {two} <==\nsecond\n", _tool.Run("", "compress", one, two).Ended(ExitCodes.Success).Text);
        Assert.Equal(2, _tool.Run("", "compress", "--json", one, two).Ended(ExitCodes.Success).Lines.Length);
    }

    [Fact]
    public void Explain_talks_on_stderr_and_leaves_stdout_alone()
    {
        string text = string.Concat(Enumerable.Range(0, 50).Select(i => $"2026-03-04T09:00:{i:00}Z INFO request {i} served\n"));
        ToolResult plain = _tool.Run(text, "compress").Ended(ExitCodes.Success);
        ToolResult explained = _tool.Run(text, "compress", "--explain").Ended(ExitCodes.Success);
        Assert.Equal(plain.Bytes, explained.Bytes);
        Assert.Contains("tokens (o200k_base)", explained.Talk, StringComparison.Ordinal);
        Assert.Contains("reason: ", explained.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lossless_compress_prints_expands_to_the_same_value()
    {
        foreach (CorpusFile file in CorpusFile.All.GroupBy(f => f.Kind).Select(g => g.OrderBy(f => f.Text.Length).ElementAt(g.Count() / 2)))
        {
            ToolResult compressed = _tool.Run(file.Text, "compress", "--mode", "lossless").Ended(ExitCodes.Success);
            ToolResult expanded = _tool.Run(compressed.Bytes, "expand").Ended(ExitCodes.Success);
            var compressor = new ConversationCompressor(new HeadroomOptions { Mode = CompressionMode.Lossless });
            Assert.Equal(compressor.Expand(compressed.Text), expanded.Text);
            Assert.True(compressed.Bytes.Length <= 2 * file.Text.Length + 100, file.Id);
        }
    }

    [Fact]
    public void A_long_single_line_ends()
    {
        string line = string.Concat(Enumerable.Repeat("0123456789abcdef", 200_000)); // 3.2 MB: the shape that defeats quadratic code
        Assert.Equal(ExitCodes.Success, _tool.Run(line, "compress").ExitCode);
    }
}
