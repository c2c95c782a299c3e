using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Headroom.Cli.Wire;

/// <summary>Where a JSON value stands in a line: everything that is not replaced is copied from there byte for byte.</summary>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="Length">Its length in bytes; a value that is absent has none.</param>
/// <param name="Kind">The kind of its first token.</param>
internal readonly record struct JsonSpan(int Start, int Length, JsonTokenType Kind)
{
    public bool IsAbsent => Length == 0;

    public bool IsString => Kind == JsonTokenType.String;

    /// <summary>The bytes of the value.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line) => line.Slice(Start, Length);

    /// <summary>The decoded text of a string value, or <see langword="null"/> for any other value.</summary>
    public string? TextOf(ReadOnlySpan<byte> line) => IsString ? JsonText.Decode(line.Slice(Start + 1, Length - 2)) : null;

    /// <summary>A line as one JSON value.</summary>
    /// <exception cref="WireFormatException">The line is not valid UTF-8 or not one JSON object.</exception>
    public static JsonSpan WholeObject(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line)) throw new WireFormatException("not valid UTF-8");
        try
        {
            Utf8JsonReader reader = Open(line);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw new WireFormatException("not a JSON object");
            JsonSpan whole = Take(ref reader, 0);
            if (reader.Read()) throw new WireFormatException("more than one JSON value");
            return whole;
        }
        catch (JsonException)
        {
            throw new WireFormatException("not valid JSON");
        }
    }

    /// <summary>A line as one JSON value of any kind.</summary>
    /// <returns><see langword="false"/> when it is not one JSON value in valid UTF-8.</returns>
    public static bool TryWhole(ReadOnlySpan<byte> line, out JsonSpan whole)
    {
        whole = default;
        if (!Utf8.IsValid(line)) return false;
        try
        {
            Utf8JsonReader reader = Open(line);
            if (!reader.Read()) return false;
            whole = Take(ref reader, 0);
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Where a member stands with its name and one comma, so that the object is whole without it.</summary>
    /// <returns>A span without length when the object has no such member, or several.</returns>
    public (int Start, int Length) WholeMember(ReadOnlySpan<byte> line, string name)
    {
        Utf8JsonReader reader = Open(Of(line));
        reader.Read();
        (int Start, int Length) found = default;
        int before = Start + 1; // the end of the member before, or the brace
        bool isFirst = true, takesNextComma = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int start = Start + (int)reader.TokenStartIndex;
            if (takesNextComma) found = (found.Start, start - found.Start);
            takesNextComma = false;
            bool isIt = reader.ValueTextEquals(name);
            reader.Read();
            reader.Skip();
            int end = Start + (int)reader.BytesConsumed;
            if (isIt && found.Length > 0) return default;
            if (isIt)
            {
                found = isFirst ? (start, end - start) : (before, end - before);
                takesNextComma = isFirst;
            }

            isFirst = false;
            before = end;
        }

        return found;
    }

    /// <summary>The members of an object with the given names, in the order of the names. Of duplicate members the last one counts, as in JavaScript.</summary>
    public void Members(ReadOnlySpan<byte> line, ReadOnlySpan<string> names, Span<JsonSpan> values)
    {
        values.Clear();
        if (Kind != JsonTokenType.StartObject) return;
        Utf8JsonReader reader = Open(Of(line));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int which = names.IndexOf(reader.ValueIsEscaped ? JsonText.Decode(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan));
            reader.Read();
            JsonSpan value = Take(ref reader, Start);
            if (which >= 0) values[which] = value;
        }
    }

    /// <summary>The names of an object's members, in order; none for any other value.</summary>
    public List<string> Names(ReadOnlySpan<byte> line)
    {
        List<string> names = [];
        if (Kind != JsonTokenType.StartObject) return names;
        Utf8JsonReader reader = Open(Of(line));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names.Add(reader.ValueIsEscaped ? JsonText.Decode(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan));
            reader.Skip();
        }

        return names;
    }

    /// <summary>The elements of an array; none for any other value.</summary>
    public List<JsonSpan> Elements(ReadOnlySpan<byte> line)
    {
        List<JsonSpan> elements = [];
        if (Kind != JsonTokenType.StartArray) return elements;
        Utf8JsonReader reader = Open(Of(line));
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) elements.Add(Take(ref reader, Start));
        return elements;
    }

    // The reader keeps one bit a level, so depth costs nothing and needs no limit.
    private static Utf8JsonReader Open(ReadOnlySpan<byte> json) => new(json, new JsonReaderOptions { MaxDepth = int.MaxValue });

    private static JsonSpan Take(ref Utf8JsonReader reader, int offset)
    {
        JsonTokenType kind = reader.TokenType;
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonSpan(offset + start, (int)reader.BytesConsumed - start, kind);
    }
}
