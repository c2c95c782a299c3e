using System.Runtime.InteropServices;
using System.Text.Json;

namespace Headroom.Storage;

/// <summary>Entries of every format version stay readable for ever, under the names they were written under.</summary>
public sealed class EnvelopeFormatTests
{
    private const string Folder = "tests/Headroom.Core.Tests/Storage/Formats";

    private static readonly OriginalEncryption Keys = new OriginalEncryption("sample", KeyFrom(0)).WithOlder("older", KeyFrom(32));

    private static readonly Dictionary<string, (string Original, OriginalEncryption? Keys)> Samples = new()
    {
        ["empty"] = ("", null),
        ["short"] = ("rows: 12\r\ndone\n", null),
        ["log"] = (string.Concat(Enumerable.Range(1, 40).Select(i => $"2026-03-04T09:00:{i:00}Z INFO api GET /health 200 in {i * 7 % 13} ms\n")), null),
        ["many-pieces"] = (string.Concat(Enumerable.Range(1, 300).Select(i => $"{i * 7919 % 1009:x} na\u00EFve \u4E2D\u6587 \U0001F600\n")), null),
        ["half-pairs"] = ("half \uD83D pair, \uDE00 other half \0 " + new string('\uD83D', 600), null),
        ["encrypted"] = ("the password is swordfish\n", Keys),
        ["encrypted-many-pieces"] = (string.Concat(Enumerable.Range(1, 200).Select(i => $"{i * 7919 % 1009} \u00E9\n")), Keys),
        ["encrypted-with-an-older-key"] = ("kept since last year\n", new OriginalEncryption("older", KeyFrom(32))),
    };

    public static TheoryData<string> Files()
    {
        string current = RepositoryFiles.PathOf($"{Folder}/v{OriginalEnvelope.FormatVersion}");
        if (Environment.GetEnvironmentVariable("HEADROOM_ACCEPT") == "1")
        {
            foreach ((string name, (string original, OriginalEncryption? keys)) in Samples)
            {
                string file = Path.Combine(current, name + ".json");
                if (!File.Exists(file)) File.WriteAllText(file, Sample.Write(original, keys));
            }
        }

        return new TheoryData<string>(Directory.EnumerateFiles(RepositoryFiles.PathOf(Folder), "*.json", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(RepositoryFiles.PathOf(Folder), f)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_entry_once_written_stays_readable(string file)
    {
        Sample sample = Sample.Read(Path.Combine(RepositoryFiles.PathOf(Folder), file));
        var envelope = new OriginalEnvelope(Keys);
        EnvelopeName name = envelope.NamesOf(sample.Key).Single(n => n.ToString() == sample.Name);

        Assert.Equal(sample.Pieces.Length, OriginalEnvelope.CountPieces(sample.Pieces[0]));
        Assert.Equal(new EnvelopeReading(EnvelopeState.Intact, sample.Original), envelope.Read(name, sample.Pieces));
        using EnvelopeComparison comparison = envelope.Compare(name, sample.Original);
        foreach (byte[] piece in sample.Pieces) comparison.Add(piece);
        Assert.True(comparison.IsSame);
    }

    [Fact]
    public void Every_kind_of_entry_has_a_sample_of_the_current_version()
    {
        string[] names = [.. Directory.EnumerateFiles(RepositoryFiles.PathOf($"{Folder}/v{OriginalEnvelope.FormatVersion}"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order()];
        Assert.Equal(Samples.Keys.Order(), names);
    }

    private static byte[] KeyFrom(int first) => [.. Enumerable.Range(first, OriginalEncryption.KeyBytes).Select(i => (byte)i)];

    private sealed record Sample(OriginalKey Key, string Original, string Name, byte[][] Pieces)
    {
        private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

        public static string Write(string original, OriginalEncryption? keys)
        {
            var envelope = new OriginalEnvelope(keys);
            var key = new OriginalKey("tenant", OriginalId.Compute(original));
            EnvelopeName name = envelope.NamesOf(key)[0];
            byte[] text = MemoryMarshal.AsBytes(original.AsSpan()).ToArray();
            var written = new { scope = key.Scope, id = key.Id, original = text, name = name.ToString(), pieces = envelope.Write(name, original, OriginalEnvelope.MinPieceBytes) };
            return JsonSerializer.Serialize(written, s_indented) + "\n";
        }

        public static Sample Read(string file)
        {
            JsonElement root = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
            return new Sample(
                new OriginalKey(root.GetProperty("scope").GetString()!, root.GetProperty("id").GetString()!),
                new string(MemoryMarshal.Cast<byte, char>(root.GetProperty("original").GetBytesFromBase64())),
                root.GetProperty("name").GetString()!,
                [.. root.GetProperty("pieces").EnumerateArray().Select(p => p.GetBytesFromBase64())]);
        }
    }
}
