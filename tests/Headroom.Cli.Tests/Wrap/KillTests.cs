using System.Diagnostics;

namespace Headroom.Cli.Tests.Wrap;

/// <summary>A process killed at any step of wrap or unwrap leaves the agent's file as it was, or so that unwrap brings it back.</summary>
public sealed class KillTests : IDisposable
{
    /// <summary>More steps than a run has; a walk that gets here never ends.</summary>
    private const int TooMany = 60;

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-kill-").FullName;

    private int _cases;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string?, bool> Files => new()
    {
        { "absent", null, false },
        { "empty", "", false },
        { "comments, CRLF and a byte order mark", "\uFEFF{\r\n\t// mine\r\n\t\"mcpServers\": {\r\n\t\t\"a\": {}, // one\r\n\t},\r\n}", false },
        { "behind a link", "{\"mcpServers\":{\"a\":1}}", true },
    };

    [UnixTheory]
    [MemberData(nameof(Files))]
    public async Task Killed_at_every_step_of_a_change_the_file_is_as_it_was_or_comes_back(string what, string? text, bool isLinked)
    {
        int walked = await WalkAsync(async step =>
        {
            Case file = New(text, isLinked);
            bool isDone = await RunAsync(file, "apply", step, file.Journal, file.Path);
            if (!isDone && !file.IsOriginal) Assert.Contains("\"headroom\"", File.ReadAllText(file.Path), StringComparison.Ordinal); // the old one or the new one, whole
            Assert.True(await RunAsync(file, "undo", TooMany, file.Journal));
            file.AssertAsItWas(what, step);
            Assert.True(await RunAsync(file, "apply", TooMany, file.Journal, file.Path)); // what is left stands in nobody's way
            Assert.True(await RunAsync(file, "undo", TooMany, file.Journal));
            file.AssertAsItWas(what, step);
            return isDone;
        });
        Assert.InRange(walked, 9, TooMany - 1);
    }

    [UnixTheory]
    [MemberData(nameof(Files))]
    public async Task Killed_at_every_step_of_unwrap_the_next_one_ends_it(string what, string? text, bool isLinked)
    {
        int walked = await WalkAsync(async step =>
        {
            Case file = New(text, isLinked);
            Assert.True(await RunAsync(file, "apply", TooMany, file.Journal, file.Path));
            bool isDone = await RunAsync(file, "undo", step, file.Journal);
            Assert.True(await RunAsync(file, "undo", TooMany, file.Journal));
            file.AssertAsItWas(what, step);
            return isDone;
        });
        Assert.InRange(walked, text is null ? 3 : 7, TooMany - 1);
    }

    [UnixFact]
    public async Task Killed_at_every_step_of_wrap_the_tools_unwrap_brings_the_file_back()
    {
        int walked = await WalkAsync(async step =>
        {
            Case file = New("{ \"mcpServers\": { } }", isLinked: false);
            bool isDone = await RunAsync(file, "wrap", step, file.Path, "true");
            using var tool = new Tool();
            tool.Environment["XDG_DATA_HOME"] = file.Data;
            tool.Run("", "unwrap").Ended(0);
            file.AssertAsItWas("wrap", step);
            return isDone;
        });
        Assert.InRange(walked, 15, TooMany - 1);
    }

    /// <summary>Runs 0, 1, 2, … two at a time, until one is not killed any more; how many that were.</summary>
    private static async Task<int> WalkAsync(Func<int, Task<bool>> run)
    {
        for (int step = 0; step < TooMany; step += 2)
        {
            bool[] done = await Task.WhenAll(run(step), run(step + 1));
            if (done[0]) return step;
            if (done[1]) return step + 1;
        }

        return TooMany;
    }

    private static async Task<bool> RunAsync(Case file, string what, int step, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Headroom.WrapWorker.dll"), what, $"{step}", .. more])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_DATA_HOME"] = file.Data;
        using Process worker = Process.Start(start)!;
        Task<string> talk = worker.StandardError.ReadToEndAsync();
        string said = (await worker.StandardOutput.ReadToEndAsync()).Trim();
        await worker.WaitForExitAsync();
        Assert.True(worker.ExitCode == (said == "done" ? 0 : 137), $"{what} {step}: {worker.ExitCode} {await talk}");
        return said == "done";
    }

    private Case New(string? text, bool isLinked) => new(Directory.CreateDirectory(Path.Combine(_folder, $"{Interlocked.Increment(ref _cases)}")).FullName, text, isLinked);

    /// <summary>A file of an agent, in a home of its own.</summary>
    private sealed class Case
    {
        private readonly string _home;
        private readonly byte[]? _original;
        private readonly string _real;
        private readonly UnixFileMode _mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

        public Case(string folder, string? text, bool isLinked)
        {
            _home = System.IO.Path.Combine(folder, "home");
            Data = System.IO.Path.Combine(folder, "data");
            Path = System.IO.Path.Combine(_home, ".cursor", "mcp.json");
            _real = isLinked ? System.IO.Path.Combine(_home, "dotfiles", "mcp.json") : Path;
            Directory.CreateDirectory(_home);
            if (text is null) return;
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_real)!);
            File.WriteAllText(_real, text);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_real, _mode);
            if (isLinked) File.CreateSymbolicLink(Path, _real);
            _original = File.ReadAllBytes(_real);
        }

        public string Path { get; }

        public string Data { get; }

        public string Journal => System.IO.Path.Combine(Data, "headroom", "wrap");

        public bool IsOriginal => _original is null ? !File.Exists(Path) : File.ReadAllBytes(Path).AsSpan().SequenceEqual(_original);

        public void AssertAsItWas(string what, int step)
        {
            Assert.True(IsOriginal, $"{what}, killed before step {step}: {(File.Exists(Path) ? File.ReadAllText(Path) : "gone")}");
            if (_original is null) Assert.Empty(Directory.GetFileSystemEntries(_home));
            else if (!OperatingSystem.IsWindows()) Assert.Equal(_mode, File.GetUnixFileMode(_real));
            if (_real != Path) Assert.Equal(_real, new FileInfo(Path).LinkTarget);
            string[] left = [.. Directory.GetFiles(_home, "*", SearchOption.AllDirectories), .. Directory.Exists(Journal) ? Directory.GetFiles(Journal) : []];
            Assert.All(left, f => Assert.Contains(System.IO.Path.GetFileName(f), (string[])["mcp.json", "lock"]));
        }
    }
}
