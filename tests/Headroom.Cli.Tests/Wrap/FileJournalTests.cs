using System.Diagnostics;
using System.Text.RegularExpressions;
using Headroom.Cli.Storage;
using Headroom.Cli.Wrap.Files;

namespace Headroom.Cli.Tests.Wrap;

/// <summary>A changed file comes back byte for byte; a file somebody else changed since loses our part alone; nothing else is touched.</summary>
public sealed class FileJournalTests : IDisposable
{
    private const UnixFileMode OnlyUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-journal-").FullName;

    private string Config => Path.Combine(_folder, "home", "mcp.json");

    private string Journal => Path.Combine(_folder, "data", "wrap");

    public FileJournalTests() => Directory.CreateDirectory(Path.GetDirectoryName(Config)!);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("\uFEFF{\r\n  // servers\r\n  \"mcpServers\": { \"a\": { \"command\": \"x\" }, },\r\n}")]
    [InlineData("{\"mcpServers\":{\"a\":1}}")]
    public void A_file_comes_back_byte_for_byte_and_twice_is_once(string text)
    {
        File.WriteAllText(Config, text);
        byte[] original = File.ReadAllBytes(Config);
        Assert.Matches(@"mcpServers\.headroom was added\. headroom unwrap cursor ", Apply().Single());
        byte[] changed = File.ReadAllBytes(Config);
        Assert.NotEqual(original, changed);
        Assert.Empty(Apply()); // twice is once
        Assert.Equal(changed, File.ReadAllBytes(Config));
        Assert.EndsWith("is as it was, byte for byte.", Undo().Single(), StringComparison.Ordinal);
        Assert.Equal(original, File.ReadAllBytes(Config));
        Assert.Empty(Undo());
        AssertNothingLeft();
    }

    [Fact]
    public void Where_there_was_no_file_and_no_folder_there_is_none_afterwards()
    {
        string deep = Path.Combine(_folder, "home", ".cursor", "deep", "mcp.json");
        Apply(path: deep);
        Assert.True(File.Exists(deep));
        Undo();
        Assert.False(Directory.Exists(Path.Combine(_folder, "home", ".cursor")));
        AssertNothingLeft();
    }

    [Fact]
    public void A_folder_that_was_made_stays_where_something_came_into_it()
    {
        string file = Path.Combine(_folder, "home", ".cursor", "mcp.json");
        Apply(path: file);
        File.WriteAllText(Path.Combine(_folder, "home", ".cursor", "other"), "");
        Undo();
        Assert.False(File.Exists(file));
        Assert.True(File.Exists(Path.Combine(_folder, "home", ".cursor", "other")));
    }

    [Fact]
    public void Only_our_part_goes_where_somebody_changed_the_file_since()
    {
        File.WriteAllText(Config, "{\n  // mine\n  \"mcpServers\": {\n    \"a\": 1\n  }\n}\n");
        Apply();
        File.WriteAllText(Config, File.ReadAllText(Config).Replace("\"a\": 1", "\"a\": 1, // edited\n    \"b\":2", StringComparison.Ordinal));
        Assert.Contains("was changed since: only mcpServers.headroom was taken out", Undo().Single(), StringComparison.Ordinal);
        Assert.Equal("{\n  // mine\n  \"mcpServers\": {\n    \"a\": 1, // edited\n    \"b\":2\n  }\n}\n", File.ReadAllText(Config));
        AssertNothingLeft();
    }

    [Fact]
    public void A_change_of_the_user_between_two_wraps_is_kept_by_unwrap()
    {
        File.WriteAllText(Config, "{ \"mcpServers\": { \"a\": 1 } }");
        Apply();
        File.WriteAllText(Config, File.ReadAllText(Config).Replace("\"a\": 1", "\"a\": 2", StringComparison.Ordinal));
        Assert.Empty(Apply()); // our part is there
        Apply(server: ["elsewhere/headroom", "mcp"]); // the tool has moved
        Assert.Contains("elsewhere/headroom", File.ReadAllText(Config), StringComparison.Ordinal);
        Undo();
        Assert.Equal("{ \"mcpServers\": { \"a\": 2 } }", File.ReadAllText(Config));
        AssertNothingLeft();
    }

    [Fact]
    public void The_original_outlives_a_wrap_with_another_command()
    {
        File.WriteAllText(Config, "{}");
        Apply();
        Apply(server: ["elsewhere/headroom", "mcp"]);
        Assert.Contains("elsewhere/headroom", File.ReadAllText(Config), StringComparison.Ordinal);
        Undo();
        Assert.Equal("{}", File.ReadAllText(Config));
        AssertNothingLeft();
    }

    [Fact]
    public void A_server_the_user_registered_is_left_alone()
    {
        string own = "{\"mcpServers\":{\"headroom\":{\"command\":\"mine\"}}}";
        File.WriteAllText(Config, own);
        Assert.EndsWith("has mcpServers.headroom already; it is left as it is.", Apply().Single(), StringComparison.Ordinal);
        Assert.Empty(Undo());
        Assert.Equal(own, File.ReadAllText(Config));
    }

    [Theory]
    [InlineData("{ \"mcpServers\": { ")]
    [InlineData("[1]")]
    [InlineData("mcpServers: {}")]
    [InlineData("{ \"mcpServers\": {}, \"mcpServers\": {} }")]
    public void A_file_that_is_not_understood_is_not_touched_and_the_message_says_what_to_add(string text)
    {
        File.WriteAllText(Config, text);
        CliException refused = Assert.Throws<CliException>(() => Apply());
        Assert.Equal(ExitCodes.CannotRead, refused.ExitCode);
        Assert.Contains("""add this, and leave this file to yourself from then on: { "mcpServers": { "headroom": { "command": "headroom", "args": ["mcp"] } } }""", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Config));
        AssertNothingLeft();
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_as_it_was_and_what_the_user_then_adds_is_the_users()
    {
        File.WriteAllText(Config, "{}");
        Directory.CreateDirectory(Config + AtomicFile.Temporary);
        Assert.Equal(ExitCodes.CannotRead, Assert.Throws<CliException>(() => Apply()).ExitCode);
        Assert.Equal("{}", File.ReadAllText(Config));
        AssertNothingLeft();
        File.WriteAllText(Config, "{\"mcpServers\":{\"headroom\":1}}");
        Assert.Empty(Undo());
    }

    [Fact]
    public void A_journal_that_cannot_be_kept_changes_nothing()
    {
        File.WriteAllText(Config, "{}");
        Directory.CreateDirectory(Path.GetDirectoryName(Journal)!);
        File.WriteAllText(Journal, "in the way");
        Assert.Equal(ExitCodes.CannotRead, Assert.Throws<CliException>(() => Apply()).ExitCode);
        Assert.Equal("{}", File.ReadAllText(Config));
    }

    [Fact]
    public void A_file_that_was_broken_since_is_left_and_the_original_is_named_and_kept()
    {
        File.WriteAllText(Config, "{ }");
        Apply();
        File.WriteAllText(Config, "{ broken");
        (IReadOnlyList<string> lines, bool isDone) = new FileJournal(Journal).Undo(null);
        Assert.False(isDone);
        string kept = Regex.Match(lines.Single(), "The original is kept in (.*?);").Groups[1].Value;
        Assert.Equal("{ }", File.ReadAllText(kept));
        Assert.Equal("{ broken", File.ReadAllText(Config));
        File.WriteAllText(Config, "{ }"); // repaired by hand
        Assert.EndsWith("is as it was.", Undo().Single(), StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public void A_file_that_was_deleted_since_stays_deleted()
    {
        File.WriteAllText(Config, "{}");
        Apply();
        File.Delete(Config);
        Assert.Contains("is gone, and our part with it", Undo().Single(), StringComparison.Ordinal);
        Assert.False(File.Exists(Config));
        AssertNothingLeft();
    }

    [Fact]
    public void Modes_and_links_stay_and_the_journal_is_for_the_user_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        string real = Path.Combine(_folder, "home", "dotfiles", "mcp.json");
        Directory.CreateDirectory(Path.GetDirectoryName(real)!);
        File.WriteAllText(real, "{}");
        UnixFileMode mode = OnlyUser | UnixFileMode.GroupRead;
        File.SetUnixFileMode(real, mode);
        File.CreateSymbolicLink(Config, "dotfiles/mcp.json");
        Apply();
        Assert.Equal("dotfiles/mcp.json", new FileInfo(Config).LinkTarget);
        Assert.Contains("headroom", File.ReadAllText(real), StringComparison.Ordinal);
        Assert.Equal(mode, File.GetUnixFileMode(real));
        Assert.Equal(OnlyUser | UnixFileMode.UserExecute, File.GetUnixFileMode(Journal));
        foreach (string kept in Directory.GetFiles(Journal).Where(f => Path.GetFileName(f) != "lock")) Assert.Equal(OnlyUser, File.GetUnixFileMode(kept));
        Undo();
        Assert.Equal("dotfiles/mcp.json", new FileInfo(Config).LinkTarget);
        Assert.Equal(("{}", mode), (File.ReadAllText(real), File.GetUnixFileMode(real)));
    }

    [Fact]
    public void The_owner_stays_where_root_wraps_in_the_home_of_another_user()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return;
        File.WriteAllText(Config, "{}");
        Output("chown", "1234:2345", Config);
        Apply();
        Assert.Equal("1234:2345", Output("stat", "-c", "%u:%g", Config));
        Undo();
        Assert.Equal("1234:2345", Output("stat", "-c", "%u:%g", Config));
    }

    [Fact]
    public async Task Many_at_once_are_one()
    {
        File.WriteAllText(Config, "{}");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Apply())));
        Assert.Equal(2, Regex.Count(File.ReadAllText(Config), "headroom")); // the name and the command
        Undo();
        Assert.Equal("{}", File.ReadAllText(Config));
    }

    [Fact]
    public void A_record_that_is_not_understood_is_said_and_kept()
    {
        File.WriteAllText(Config, "{}");
        Apply();
        string record = Directory.GetFiles(Journal, "*.json").Single();
        File.WriteAllText(record, "{");
        (IReadOnlyList<string> lines, bool isDone) = new FileJournal(Journal).Undo(null);
        Assert.False(isDone);
        Assert.Contains("is not understood", lines.Single(), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Journal, "*.original"));
    }

    [Fact]
    public void Another_agents_files_stay()
    {
        File.WriteAllText(Config, "{}");
        Apply();
        (IReadOnlyList<string> lines, bool isDone) = new FileJournal(Journal).Undo("claude");
        Assert.True(isDone);
        Assert.Empty(lines);
        Assert.Contains("headroom", File.ReadAllText(Config), StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Apply(string? path = null, string[]? server = null) =>
        new FileJournal(Journal).Apply("cursor", [new FileChange(path ?? Config, ["mcpServers", "headroom"], FileChange.ServerOf(server ?? ["headroom", "mcp"]))]);

    private IReadOnlyList<string> Undo()
    {
        (IReadOnlyList<string> lines, bool isDone) = new FileJournal(Journal).Undo(null);
        Assert.True(isDone, string.Join('\n', lines));
        return lines;
    }

    private static string Output(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }

    private void AssertNothingLeft()
    {
        Assert.Equal(["lock"], Directory.GetFiles(Journal).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "home"), "*" + AtomicFile.Temporary, SearchOption.AllDirectories));
    }
}
