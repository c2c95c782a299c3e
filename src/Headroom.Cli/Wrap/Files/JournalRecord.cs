using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Wrap.Files;

/// <summary>What the journal knows of one changed file. Written before the file is touched, taken away when it is as it was.</summary>
internal sealed record JournalRecord
{
    /// <summary>The agent it was changed for.</summary>
    public required string Agent { get; init; }

    /// <summary>The file itself, with links followed.</summary>
    public required string File { get; init; }

    /// <summary>The name of the original beside the record; <see langword="null"/> where there was no file.</summary>
    public string? Original { get; init; }

    /// <summary>The original's hash; <see langword="null"/> where there was no file.</summary>
    public string? OriginalHash { get; init; }

    /// <summary>Hashes of what we wrote: with one of them, nobody has changed it since.</summary>
    public required IReadOnlyList<string> Written { get; init; }

    public required IReadOnlyList<string> Member { get; init; }

    public required string Value { get; init; }

    /// <summary>How many objects on the way to the member were made for it.</summary>
    public int MadeObjects { get; init; }

    /// <summary>Folders that were made for the file, the outermost first.</summary>
    public IReadOnlyList<string> MadeFolders { get; init; } = [];

    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Reads a record; <see langword="null"/> where it is none.</summary>
    public static JournalRecord? Parse(byte[] json)
    {
        if (JsonFields.TryParse(json) is not { } root || root.Text("agent") is not { } agent || root.Text("file") is not { } file || root.Text("value") is not { } value) return null;
        return new JournalRecord
        {
            Agent = agent,
            File = file,
            Original = root.Text("original"),
            OriginalHash = root.Text("originalHash"),
            Written = Texts(root, "written"),
            Member = Texts(root, "member"),
            Value = value,
            MadeObjects = (int)(root.Count("madeObjects") ?? 0),
            MadeFolders = Texts(root, "madeFolders"),
        };
    }

    public byte[] ToJson()
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("agent", Agent);
            json.WriteString("file", File);
            json.WriteString("original", Original);
            json.WriteString("originalHash", OriginalHash);
            Write(json, "written", Written);
            Write(json, "member", Member);
            json.WriteString("value", Value);
            json.WriteNumber("madeObjects", MadeObjects);
            Write(json, "madeFolders", MadeFolders);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static string[] Texts(JsonElement root, string name) => [.. root.List(name).Select(t => t.Text() ?? "")];

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
