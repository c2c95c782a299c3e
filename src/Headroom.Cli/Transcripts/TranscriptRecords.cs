using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Transcripts;

/// <summary>A record of a transcript and where it stands.</summary>
/// <param name="Value">The record.</param>
/// <param name="Line">Its line, counted from 1; its place in the list where the file is one JSON value.</param>
internal readonly record struct TranscriptRecord(JsonElement Value, int Line);

/// <summary>The records of a file: one a line, or one JSON value. Lines that are not JSON are counted and skipped.</summary>
internal sealed class TranscriptRecords(byte[] bytes)
{
    private readonly JsonElement? _whole = Whole(bytes);

    /// <summary>Whether the file is one JSON value rather than one a line.</summary>
    public bool IsWhole => _whole is not null;

    public int BrokenLines { get; private set; }

    public int FirstBroken { get; private set; }

    /// <summary>The records, read anew at each call; of a file that is one array, its elements.</summary>
    public IEnumerable<TranscriptRecord> Read()
    {
        (BrokenLines, FirstBroken) = (0, 0);
        return _whole switch
        {
            null => Lines(),
            { ValueKind: JsonValueKind.Array } list => list.Items().Select((e, i) => new TranscriptRecord(e, i + 1)),
            { } value => [new TranscriptRecord(value, 1)],
        };
    }

    /// <summary>Counts a line that is JSON, but not of the form its format asks for.</summary>
    public void Broken(int line)
    {
        BrokenLines++;
        if (FirstBroken == 0) FirstBroken = line;
    }

    private IEnumerable<TranscriptRecord> Lines()
    {
        using var stream = new MemoryStream(bytes, writable: false);
        var lines = new ByteLines(stream);
        for (int number = 1; lines.Next() is { } line; number++)
        {
            if (line.AsSpan().Trim(" \t"u8).IsEmpty) continue;
            if (JsonFields.TryParse(line) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } record) yield return new TranscriptRecord(record, number);
            else Broken(number);
        }
    }

    /// <summary>The file as one value. Lines of which the first is a value of its own are not.</summary>
    private static JsonElement? Whole(byte[] bytes)
    {
        ReadOnlyMemory<byte> all = bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0).Trim(" \t\r\n"u8);
        int end = all.Span.IndexOf((byte)'\n');
        if (end >= 0 && JsonFields.TryParse(all[..end]) is not null) return null;
        return JsonFields.TryParse(all) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } value ? value : null;
    }
}
