using System.Text;

namespace Headroom.Cli.Tests.Commands;

public sealed class ExpandTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void A_file_a_dash_and_nothing_name_the_same_text()
    {
        string text = string.Concat(Enumerable.Range(0, 300).Select(i => $"2026-03-04T09:{i / 60:00}:{i % 60:00}Z INFO  http GET /orders/{4000 + i} 200 in {i % 7} ms\n"));
        byte[] compressed = _tool.Run(text, "compress", "--mode", "lossless").Ended(ExitCodes.Success).Bytes;
        string file = _tool.WriteFile("small.txt", compressed);
        Assert.True(compressed.Length < text.Length);
        Assert.Equal(text, _tool.Run("", "expand", file).Ended(ExitCodes.Success).Text);
        Assert.Equal(text, _tool.Run(compressed, "expand", "-").Ended(ExitCodes.Success).Text);
        Assert.Equal(text, _tool.Run(compressed, "expand").Ended(ExitCodes.Success).Text);
    }

    [Fact]
    public void A_text_that_is_not_ours_and_bytes_that_are_no_text_pass_through()
    {
        Assert.Equal("plain\r\n", _tool.Run("plain\r\n", "expand").Ended(ExitCodes.Success).Text);
        byte[] bytes = [0xff, 0x00, 0xc0];
        Assert.Equal(bytes, _tool.Run(bytes, "expand").Ended(ExitCodes.Success).Bytes);
    }

    [Fact]
    public void A_cut_text_passes_with_a_word_on_retrieve()
    {
        byte[] cut = Encoding.UTF8.GetBytes("[headroom 7kq2m9x4wz: 2,000 lines, 1 shown]\none\n[left out parts: headroom_retrieve id=7kq2m9x4wz with lines=2-2000, or query=\"words\"]");
        ToolResult result = _tool.Run(cut, "expand").Ended(ExitCodes.Success);
        Assert.Equal(cut, result.Bytes);
        Assert.Contains("headroom retrieve ID", result.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_reported() => Assert.Contains("no such file", _tool.Run("", "expand", "missing.txt").Ended(ExitCodes.CannotRead).Talk, StringComparison.Ordinal);
}
