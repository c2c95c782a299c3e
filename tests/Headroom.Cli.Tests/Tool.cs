using System.Diagnostics;
using System.Text;

namespace Headroom.Cli.Tests;

/// <summary>Runs the built tool as a process, with originals in a folder of this test's own.</summary>
internal sealed class Tool : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A folder of its own for files and originals, gone afterwards.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("headroom-cli-").FullName;

    /// <summary>Variables to run it with, besides those of the test.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Where it keeps originals.</summary>
    public string StoreFile => Path.Combine(Folder, "data", "headroom", "originals.db");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string WriteFile(string name, byte[] bytes)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string WriteFile(string name, string text) => WriteFile(name, Utf8.GetBytes(text));

    public ToolResult Run(string stdin, params string[] arguments) => Run(Utf8.GetBytes(stdin), arguments);

    public ToolResult Run(byte[] stdin, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<byte[]> output = ReadAll(process.StandardOutput.BaseStream);
        Task<string> talk = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(stdin);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A process that ends without reading its input is free to do so.
        }

        Assert.True(process.WaitForExit(120_000), "the tool did not end");
        return new ToolResult(process.ExitCode, output.Result, talk.Result);
    }

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Utf8,
            WorkingDirectory = Folder,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "headroom.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["XDG_DATA_HOME"] = Path.Combine(Folder, "data");
        foreach ((string name, string value) in Environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<byte[]> ReadAll(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }
}

/// <summary>What a run of the tool left.</summary>
internal sealed record ToolResult(int ExitCode, byte[] Bytes, string Talk)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Lines of the output, which must each be ended.</summary>
    public string[] Lines => Text.Length == 0 ? [] : Text[..^1].Split('\n');

    public ToolResult Ended(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode} instead of {exitCode}: {Talk}");
        Assert.DoesNotContain("   at ", Talk, StringComparison.Ordinal); // no stack trace, ever
        return this;
    }
}
