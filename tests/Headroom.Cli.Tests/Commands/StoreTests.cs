using System.Globalization;
using System.Text.Json;
using Headroom.Cli.Commands;
using Headroom.Storage;
using Headroom.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Headroom.Cli.Tests.Commands;

public sealed class StoreTests : IDisposable
{
    private const string Keys = "HEADROOM_STORE_KEYS";

    private static readonly string s_key = Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    private void Fill(int originals, OriginalEncryption? encryption = null)
    {
        using var store = new SqliteOriginalStore(_tool.StoreFile, new SqliteOriginalStoreOptions { Encryption = encryption });
        for (int i = 0; i < originals; i++) Assert.True(store.PutAsync(new OriginalKey("", OriginalId.Compute($"original {i}")), $"original {i}").AsTask().Result);
    }

    [Fact]
    public void Stats_say_what_is_kept()
    {
        Fill(12);
        string text = _tool.Run("", "store", "stats").Ended(ExitCodes.Success).Text;
        Assert.Contains(_tool.StoreFile, text, StringComparison.Ordinal);
        Assert.Contains("originals   12, ", text, StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(_tool.Run("", "store", "stats", "--json").Ended(ExitCodes.Success).Bytes).RootElement;
        Assert.Equal((12, 1), (json.GetProperty("originals").GetInt32(), json.GetProperty("schemaVersion").GetInt32()));
    }

    [Theory]
    [InlineData("store stats")]
    [InlineData("store verify")]
    [InlineData("retrieve 7kq2m9x4wz")]
    public void A_file_with_nothing_in_it_is_no_store_yet(string line)
    {
        string file = _tool.WriteFile("empty.db", "");
        Assert.StartsWith("headroom: there is no ", _tool.Run("", [.. line.Split(' '), "--store", file]).Ended(ExitCodes.NotFound).Talk, StringComparison.Ordinal);
        ToolResult doctor = _tool.Run("", "doctor", "--offline", "--store", file).Ended(ExitCodes.Success);
        Assert.Contains("empty.db yet: it is made when something is first cut", doctor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_others_keep_locked_is_not_called_damaged()
    {
        Assert.Equal("another process keeps x.db locked. Try again when it has ended.", StoreReport.WhyUnusable("x.db", new SqliteException("", 5)));
        Assert.Equal("x.db cannot be used (SQLite error 11). headroom store verify says what is damaged.", StoreReport.WhyUnusable("x.db", new SqliteException("", 11)));
    }

    [Fact]
    public void Verify_finds_nothing_in_a_sound_store() =>
        Assert.Equal("3 originals are whole.\n", Run(() => Fill(3), "store", "verify").Ended(ExitCodes.Success).Text);

    [Fact]
    public void Prune_drops_what_is_asked_for_and_a_retrieval_says_so()
    {
        Fill(4);
        Assert.StartsWith("0 originals dropped", _tool.Run("", "store", "prune").Ended(ExitCodes.Success).Text, StringComparison.Ordinal);
        Assert.StartsWith("0 originals dropped", _tool.Run("", "store", "prune", "--idle", "30d").Ended(ExitCodes.Success).Text, StringComparison.Ordinal);
        Assert.StartsWith("4 originals dropped", _tool.Run("", "store", "prune", "--max-size", "0.5KB").Ended(ExitCodes.Success).Text, StringComparison.Ordinal);
        Assert.Contains("has been dropped", _tool.Run("", "retrieve", OriginalId.Compute("original 1")).Ended(ExitCodes.NotFound).Talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--idle", "30")]
    [InlineData("--idle", "d")]
    [InlineData("--idle", "-3d")]
    [InlineData("--max-size", "much")]
    [InlineData("--max-size", "-1")]
    public void Quantities_that_are_none_are_refused(string option, string value)
    {
        Fill(1);
        Assert.Contains("is not understood", _tool.Run("", "store", "prune", $"{option}={value}").Ended(ExitCodes.Usage).Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_prints_every_original()
    {
        string[] lines = Run(() => Fill(300), "store", "export").Ended(ExitCodes.Success).Lines;
        Assert.Equal(300, lines.Length);
        foreach (string line in lines)
        {
            JsonElement json = JsonDocument.Parse(line).RootElement;
            Assert.Equal(OriginalId.Compute(json.GetProperty("text").GetString()!), json.GetProperty("id").GetString());
        }
    }

    [Theory]
    [InlineData("stats")]
    [InlineData("verify")]
    [InlineData("prune")]
    [InlineData("export")]
    public void Where_there_is_no_store_that_is_said_and_none_is_made(string command)
    {
        Assert.Contains("there is no store", _tool.Run("", "store", command).Ended(ExitCodes.NotFound).Talk, StringComparison.Ordinal);
        Assert.False(File.Exists(_tool.StoreFile));
        string text = _tool.WriteFile("text", "no store at all, but a text that is long enough to be more than the header of one. " + new string('.', 500));
        Assert.Contains("Name another file", _tool.Run("", "store", command, "--store", text).Ended(ExitCodes.CannotRead).Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_come_from_the_environment_and_are_never_shown()
    {
        string rows = string.Concat(Enumerable.Range(0, 3_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"2026-03-04T09:00:{i % 60:00}Z INFO swordfish {i * 7919 % 10007}\n")));
        _tool.Environment[Keys] = "k1:" + s_key;
        JsonElement json = JsonDocument.Parse(_tool.Run(rows, "compress", "--json").Ended(ExitCodes.Success).Bytes).RootElement;
        string id = json.GetProperty("originalId").GetString()!;
        Assert.Equal(rows, _tool.Run("", "retrieve", id).Ended(ExitCodes.Success).Text);
        Assert.DoesNotContain("swordfish", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(_tool.StoreFile)), StringComparison.Ordinal);

        _tool.Environment[Keys] = $"k2:{Convert.ToBase64String(new byte[32])}, k1:{s_key}";
        Assert.Equal(rows, _tool.Run("", "retrieve", id).Ended(ExitCodes.Success).Text);
        _tool.Environment[Keys] = "";
        Assert.Contains("no original", _tool.Run("", "retrieve", id).Ended(ExitCodes.NotFound).Talk, StringComparison.Ordinal);
        Assert.Contains("encrypted with a key", _tool.Run("", "store", "verify").Ended(ExitCodes.CannotRead).Text, StringComparison.Ordinal);
        foreach (string wrong in new[] { s_key, "k1:" + s_key[4..], "k 1:" + s_key, $"k1:{s_key},k1:{s_key}" })
        {
            _tool.Environment[Keys] = wrong;
            ToolResult refused = _tool.Run("", "store", "stats").Ended(ExitCodes.Usage);
            Assert.Contains("HEADROOM_STORE_KEYS is not understood", refused.Talk, StringComparison.Ordinal);
            Assert.DoesNotContain(s_key[4..], refused.Talk, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("compress")]
    [InlineData("run -- cat")]
    public void Keys_that_are_not_understood_are_told_of_and_nothing_is_cut(string line)
    {
        string rows = string.Concat(Enumerable.Range(0, 3_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"2026-03-04T09:00:{i % 60:00}Z INFO request {i * 7919 % 10007}\n")));
        _tool.Environment[Keys] = "no key";
        ToolResult run = _tool.Run(rows, line.Split(' ')).Ended(ExitCodes.Success);
        Assert.StartsWith("headroom: originals cannot be kept, so nothing is cut. HEADROOM_STORE_KEYS is not understood.", run.Talk, StringComparison.Ordinal);
        Assert.Equal(rows, _tool.Run(run.Bytes, "expand").Ended(ExitCodes.Success).Text);
    }

    [Fact]
    public void A_data_folder_that_is_a_file_is_a_problem_for_the_doctor()
    {
        string file = Path.Combine(_tool.WriteFile("data.txt", "x"), "headroom", "originals.db");
        Assert.Contains("is no folder, so nothing is cut", Squeezed(_tool.Run("", "doctor", "--offline", "--store", file).Ended(ExitCodes.Unhealthy).Text), StringComparison.Ordinal);

        static string Squeezed(string text) => string.Join(' ', text.Split(' ', '\n').Where(w => w.Length > 0));
    }

    [Fact]
    public void A_store_of_a_newer_version_is_refused_and_texts_stay_whole()
    {
        Fill(1);
        byte[] file = File.ReadAllBytes(_tool.StoreFile);
        file[63] = 99; // the version in SQLite's header
        File.WriteAllBytes(_tool.StoreFile, file);
        string rows = string.Concat(Enumerable.Range(0, 3_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"2026-03-04T09:00:{i % 60:00}Z INFO row {i * 7919 % 10007}\n")));
        ToolResult result = _tool.Run(rows, "compress", "--json").Ended(ExitCodes.Success);
        Assert.False(JsonDocument.Parse(result.Bytes).RootElement.TryGetProperty("originalId", out _));
        Assert.Contains("so nothing is cut", result.Talk, StringComparison.Ordinal);
        Assert.Contains("newer version", result.Talk, StringComparison.Ordinal);
        Assert.Contains("newer version", _tool.Run("", "retrieve", OriginalId.Compute("original 0")).Ended(ExitCodes.CannotRead).Talk, StringComparison.Ordinal);
        Assert.Equal(file, File.ReadAllBytes(_tool.StoreFile));
    }

    private ToolResult Run(Action before, params string[] arguments)
    {
        before();
        return _tool.Run("", arguments);
    }
}
