using System.Text.Json;

namespace Headroom.Cli.Tests.Run;

public sealed class RunTests : IDisposable
{
    /// <summary>Cut in balanced mode: about 28,000 tokens of lines with one that matters.</summary>
    private const string LongLog = "for i in $(seq 1 2000); do echo \"2026-03-04T09:00:01Z INFO worker-$((i % 7)) handled request $i in $((i % 90)) ms\"; done; echo '2026-03-04T09:09:09Z ERROR pool exhausted'";

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(255)]
    public void The_exit_code_is_the_commands(int code) => _tool.Run("", "run", "--", "sh", "-c", $"exit {code}").Ended(code);

    [Theory]
    [InlineData("a line\nwithout a line end")]
    [InlineData("windows\r\nline\r\nends\r\n")]
    [InlineData("")]
    public void An_output_that_stays_unchanged_keeps_every_byte(string text)
    {
        ToolResult result = _tool.Run(text, "run", "--", "cat").Ended(0);
        Assert.Equal(text, result.Text);
        Assert.Equal("", result.Talk);
    }

    [Fact]
    public void Bytes_that_are_no_text_come_out_as_they_were()
    {
        byte[] bytes = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff, 0x00, 0xc0, .. Enumerable.Repeat((byte)0xfe, 5000)];
        ToolResult result = _tool.Run(bytes, "run", "--", "cat").Ended(0);
        Assert.Equal(bytes, result.Bytes);
        Assert.Contains("not UTF-8 text; passed through unchanged", result.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_output_says_how_the_rest_comes_back_and_it_does()
    {
        ToolResult run = _tool.Run("", "run", "--", "sh", "-c", LongLog + "; exit 3").Ended(3);
        Assert.Contains("ERROR pool exhausted", run.Text, StringComparison.Ordinal);
        Assert.StartsWith("[headroom ", run.Text, StringComparison.Ordinal);
        string id = run.Text["[headroom ".Length..run.Text.IndexOf(':', StringComparison.Ordinal)];
        Assert.StartsWith($"[from a shell: headroom retrieve {id} --", run.Lines[^1], StringComparison.Ordinal);

        string[] words = run.Lines[^1].Split(' ');
        string part = _tool.Run("", "retrieve", id, words[6], words[7].Trim(',', '\'')).Ended(0).Text;
        Assert.Contains("handled request", part, StringComparison.Ordinal);
        ToolResult whole = _tool.Run("", "retrieve", id).Ended(0);
        Assert.Equal(2001, whole.Lines.Length);
    }

    [Fact]
    public void The_hint_names_the_store_that_was_given()
    {
        string store = Path.Combine(_tool.Folder, "it's here");
        string last = _tool.Run("", "run", "--store", store, "--", "sh", "-c", LongLog).Ended(0).Lines[^1];
        Assert.Contains($" --store '{store.Replace("'", "'\\''", StringComparison.Ordinal)}' --", last, StringComparison.Ordinal);
    }

    [Fact]
    public void Lossless_mode_cuts_nothing_and_keeps_nothing()
    {
        ToolResult run = _tool.Run("", "run", "--mode", "lossless", "--", "sh", "-c", LongLog).Ended(0);
        Assert.False(Directory.Exists(Path.Combine(_tool.Folder, "data")));
        ToolResult expanded = _tool.Run(run.Bytes, "expand").Ended(0);
        Assert.Equal(2001, expanded.Lines.Length);
        Assert.True(run.Bytes.Length < expanded.Bytes.Length);
    }

    [Fact]
    public void A_store_that_cannot_be_written_means_nothing_is_cut()
    {
        string file = _tool.WriteFile("no-folder", "");
        ToolResult run = _tool.Run("", "run", "--store", Path.Combine(file, "x"), "--", "sh", "-c", LongLog).Ended(0);
        Assert.False(run.Text.StartsWith("[headroom ", StringComparison.Ordinal));
        Assert.Contains("nothing is cut", run.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void What_matches_the_query_stays()
    {
        ToolResult run = _tool.Run("", "run", "--query", "request 1234", "--", "sh", "-c", LongLog).Ended(0);
        Assert.Contains("handled request 1234 ", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Stderr_is_kept_apart_and_is_not_compressed()
    {
        ToolResult run = _tool.Run("", "run", "--", "sh", "-c", "echo to stdout; echo to stderr >&2").Ended(0);
        Assert.Equal("to stdout\n", run.Text);
        Assert.Equal("to stderr\n", run.Talk);
    }

    [Fact]
    public void Merged_stderr_keeps_its_place()
    {
        string alternating = "for i in 1 2 3 4 5 6 7 8 9; do echo out $i; echo err $i >&2; done";
        ToolResult run = _tool.Run("", "run", "--merge-stderr", "--", "sh", "-c", alternating).Ended(0);
        Assert.Equal(string.Concat(Enumerable.Range(1, 9).Select(i => $"out {i}\nerr {i}\n")), run.Text);
        Assert.Equal("", run.Talk);
    }

    [Theory]
    [InlineData]
    [InlineData("--merge-stderr")]
    public void Environment_folder_and_arguments_reach_the_command_as_they_are(params string[] options)
    {
        _tool.Environment["a.name-no.shell has"] = "value with  blanks";
        string[] words = ["--json", "two  blanks", "", "quote\"'$HOME`*", "--", "ä\n-x"];
        string probe = _tool.WriteFile("probe.py", "import os, sys, json; print(json.dumps([sys.argv[1:], os.environ['a.name-no.shell has'], os.getcwd()]))");
        using JsonDocument seen = JsonDocument.Parse(_tool.Run("", ["run", .. options, "--", "python3", probe, .. words]).Ended(0).Text);
        Assert.Equal(words, seen.RootElement[0].EnumerateArray().Select(w => w.GetString()!));
        Assert.Equal("value with  blanks", seen.RootElement[1].GetString());
        Assert.Equal(_tool.Folder, seen.RootElement[2].GetString());
    }

    [Theory]
    [InlineData(127, "there is no command no-such-command. Check its spelling", "no-such-command")]
    [InlineData(127, "there is no command ls -la. It is started without a shell; for what a shell does, start one: sh -c '...'", "ls -la")]
    [InlineData(127, "there is no command cat ./plain.txt. It is started without a shell", "cat ./plain.txt")]
    [InlineData(127, "there is no command CI=1. It is started without a shell", "CI=1")]
    [InlineData(127, "there is no command export. It is started without a shell", "export")]
    [InlineData(127, "there is no file ./missing.sh to run", "./missing.sh")]
    [InlineData(127, "there is no file ./missing one.sh to run", "./missing one.sh")]
    [InlineData(126, "it is not executable. Make it so with chmod +x", "./plain.txt")]
    [InlineData(126, "it is a folder, not a command", "/tmp")]
    [InlineData(126, "the program its first line names is missing", "./orphan")]
    public void A_command_that_cannot_run_ends_as_in_a_shell(int code, string message, string command)
    {
        _tool.WriteFile("plain.txt", "text");
        _tool.WriteScript("orphan", "#!/no/such/program\n");
        foreach (string[] options in new string[][] { [], ["--merge-stderr"] })
        {
            if (options.Length > 0 && command == "./orphan") continue; // the shell that merges says so itself
            ToolResult run = _tool.Run("", ["run", .. options, "--", command]).Ended(code);
            Assert.Empty(run.Bytes);
            Assert.Contains(message, run.Talk, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_script_without_a_first_line_runs_as_in_a_shell()
    {
        _tool.AddCommand("plain-script", "echo \"$1 from a script\"\nexit 4\n");
        Assert.Equal("hello from a script\n", _tool.Run("", "run", "--", "plain-script", "hello").Ended(4).Text);
    }

    [Fact]
    public void A_file_of_the_current_folder_is_not_taken_for_a_command()
    {
        _tool.WriteScript("git", "#!/bin/sh\necho not me\n");
        Assert.StartsWith("git version", _tool.Run("", "run", "--", "git", "--version").Ended(0).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_one_object_with_the_outcome_and_the_exit_code()
    {
        using JsonDocument text = JsonDocument.Parse(_tool.Run("", "run", "--json", "--", "sh", "-c", LongLog + "; exit 5").Ended(5).Lines.Single());
        Assert.Equal(5, text.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Equal(["sh", "-c"], text.RootElement.GetProperty("command").EnumerateArray().Take(2).Select(w => w.GetString()!));
        Assert.Equal("elided", text.RootElement.GetProperty("form").GetString());
        Assert.DoesNotContain("from a shell", text.RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True(text.RootElement.GetProperty("tokensAfter").GetInt32() < text.RootElement.GetProperty("tokensBefore").GetInt32());

        using JsonDocument binary = JsonDocument.Parse(_tool.Run([0xff, 0xfe], "run", "--json", "--", "cat").Ended(0).Lines.Single());
        Assert.Equal("//4=", binary.RootElement.GetProperty("base64").GetString());
    }

    [Fact]
    public void What_was_asked_back_is_not_compressed_again()
    {
        string id = _tool.Run("", "run", "--", "sh", "-c", LongLog).Ended(0).Text[10..20];
        _tool.AddCommand("headroom", $"#!/bin/sh\nexec dotnet exec '{Path.Combine(AppContext.BaseDirectory, "headroom.dll")}' \"$@\"\n");
        Assert.Equal(2001, _tool.Run("", "run", "--", "headroom", "retrieve", id).Ended(0).Lines.Length);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run", "git", "diff", "--stat")]
    [InlineData("run", "git", "diff", "--json")]
    [InlineData("run", "git", "--", "diff")]
    [InlineData("run", "--mode", "brutal", "--", "ls")]
    public void A_command_line_that_leaves_open_whose_the_options_are_is_refused(params string[] arguments) =>
        Assert.StartsWith("headroom: ", _tool.Run("", arguments).Ended(ExitCodes.Usage).Talk, StringComparison.Ordinal);

    [Fact]
    public void A_command_without_options_needs_no_dashes() => Assert.Equal("hello\n", _tool.Run("", "run", "echo", "hello").Ended(0).Text);

    [Fact]
    public void An_output_too_long_to_hold_passes_through_as_it_comes()
    {
        ToolResult run = _tool.Run("", "run", "--", "sh", "-c", "head -c 70000000 /dev/zero | tr '\\0' a; exit 6").Ended(6);
        Assert.Equal(70_000_000, run.Bytes.Length);
        Assert.True(run.Bytes.AsSpan().IndexOfAnyExcept((byte)'a') < 0);
        Assert.Contains("longer than 64 MB; passed through unchanged", run.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_too_long_for_json_is_in_a_file()
    {
        using JsonDocument json = JsonDocument.Parse(_tool.Run("", "run", "--json", "--", "sh", "-c", "head -c 70000000 /dev/zero").Ended(0).Lines.Single());
        Assert.Equal("tooLarge", json.RootElement.GetProperty("reason").GetString());
        var file = new FileInfo(json.RootElement.GetProperty("file").GetString()!);
        Assert.Equal(70_000_000, file.Length);
        file.Delete();
    }

    [Fact]
    public void A_command_nobody_reads_any_more_ends_as_at_the_end_of_any_pipe()
    {
        var tool = new Tool { Under = ["sh", "-c", "\"$@\" | head -c 3", "sh"] };
        Assert.Equal("y\ny", tool.Run("", "run", "--", "yes").Ended(0).Text);
        tool.Dispose();
    }

    [Theory]
    [InlineData]
    [InlineData("--merge-stderr")]
    public void A_broken_pipe_inside_the_command_ends_its_part_without_a_word(params string[] options)
    {
        ToolResult run = _tool.Run("", ["run", .. options, "--", "sh", "-c", "(yes; echo $? > code) | head -n 1; cat code"]).Ended(0);
        Assert.Equal("y\n141\n", run.Text);
        Assert.Equal("", run.Talk);
    }

    [Fact]
    public void What_a_command_leaves_running_is_not_waited_for()
    {
        ToolResult run = _tool.Run("", "run", "--", "sh", "-c", "sleep 100 2> sleep.log & echo $!; exit 2").Ended(2);
        Assert.Contains("still holds its output", run.Talk, StringComparison.Ordinal);
        System.Diagnostics.Process.GetProcessById(int.Parse(run.Text)).Kill();
    }
}
