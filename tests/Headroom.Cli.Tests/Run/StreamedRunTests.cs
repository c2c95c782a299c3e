using System.Diagnostics;

namespace Headroom.Cli.Tests.Run;

/// <summary><c>run --stream</c>: what is complete is printed while the command runs.</summary>
public sealed class StreamedRunTests : IDisposable
{
    private const string LogLines = "for i in $(seq 1 400); do echo \"2026-03-04T09:00:01Z INFO worker-$((i % 7)) handled request $i in $((i % 90)) ms\"; done";

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Lines_come_while_the_command_runs()
    {
        using Process run = _tool.Start("run", "--stream", "--", "sh", "-c", "echo first; until [ -e go ]; do sleep 0.05; done; echo second; exit 7");
        Assert.Equal("first", await LineAsync(run));
        await File.WriteAllTextAsync(Path.Combine(_tool.Folder, "go"), "");
        Assert.Equal("second", await LineAsync(run));
        Assert.Null(await LineAsync(run));
        await run.WaitForExitAsync();
        Assert.Equal(7, run.ExitCode);
    }

    [Fact]
    public async Task A_document_comes_whole_and_as_a_table()
    {
        string rows = string.Join(",\n", Enumerable.Range(1, 60).Select(i => $"{{\"name\": \"pod-{i}\", \"phase\": \"Running\", \"restarts\": {i % 3}}}"));
        _tool.WriteFile("rows.json", rows);
        using Process run = _tool.Start("run", "--stream", "--", "sh", "-c", "echo '['; cat rows.json; sleep 2.5; echo ']'");
        Assert.StartsWith("# JSON", await LineAsync(run), StringComparison.Ordinal);
        string rest = await run.StandardOutput.ReadToEndAsync();
        Assert.EndsWith("[end of this part]\n", rest, StringComparison.Ordinal);
        Assert.Contains("pod-60", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_part_says_how_the_rest_comes_back_and_where_it_ends()
    {
        using Process run = _tool.Start("run", "--stream", "--", "sh", "-c", LogLines + "; until [ -e go ]; do sleep 0.05; done; echo the last line");
        string first = (await LineAsync(run))!;
        Assert.StartsWith("[headroom ", first, StringComparison.Ordinal);
        var lines = new List<string>();
        while (lines is not [.., "[end of this part]"]) lines.Add((await LineAsync(run))!);
        string id = first["[headroom ".Length..first.IndexOf(':', StringComparison.Ordinal)];
        Assert.StartsWith($"[from a shell: headroom retrieve {id} --", lines[^2], StringComparison.Ordinal);
        Assert.Equal(400, _tool.Run("", "retrieve", id).Ended(0).Lines.Length);
        await File.WriteAllTextAsync(Path.Combine(_tool.Folder, "go"), "");
        Assert.Equal("the last line", await LineAsync(run));
    }

    [Theory]
    [InlineData("a line\nwithout a line end")]
    [InlineData("windows\r\nline\r\nends\r\n")]
    [InlineData("")]
    public void What_stays_unchanged_keeps_every_byte(string text) => Assert.Equal(text, _tool.Run(text, "run", "--stream", "--", "cat").Ended(0).Text);

    [Fact]
    public void An_output_of_any_length_is_printed_in_parts_and_is_all_there()
    {
        const string script = "import random\nr = random.Random(5)\nfor i in range(40000): print('%08x %s' % (i, ''.join(r.choices('abcdefghijklmnop', k=60))))";
        ToolResult run = _tool.Run("", "run", "--stream", "--mode", "lossless", "--", "python3", "-c", script).Ended(0);
        Assert.Equal(40_000, run.Lines.Count(l => l.Length == 69));
    }

    [Fact]
    public void Bytes_that_are_no_text_come_out_as_they_were()
    {
        byte[] bytes = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff, 0x00, 0xc0, .. Enumerable.Repeat((byte)0xfe, 5000)];
        Assert.Equal(bytes, _tool.Run(bytes, "run", "--stream", "--", "cat").Ended(0).Bytes);
    }

    [Fact]
    public void A_command_that_never_ends_ends_when_nobody_reads_any_more()
    {
        using var tool = new Tool { Under = ["sh", "-c", "\"$@\" | head -n 1", "sh"] };
        Assert.Equal("tick 1\n", tool.Run("", "run", "--stream", "--", "sh", "-c", "i=0; while i=$((i + 1)); do echo tick $i; sleep 1.5; done").Ended(0).Text);
    }

    [Fact]
    public void One_object_at_the_end_and_parts_before_it_cannot_both_be_had() =>
        Assert.Contains("Give one of them", _tool.Run("", "run", "--stream", "--json", "--", "ls").Ended(ExitCodes.Usage).Talk, StringComparison.Ordinal);

    private static async Task<string?> LineAsync(Process run)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await run.StandardOutput.ReadLineAsync(patience.Token);
    }
}
