using System.Text;
using System.Text.Json;

namespace Headroom.Cli.Wrap.Files;

/// <summary>An object in a JSON file people edit, comments and trailing commas allowed, and where its members stand.</summary>
/// <param name="Open">Offset of its opening brace.</param>
/// <param name="Close">Offset of its closing brace.</param>
/// <param name="Members">Its members, in order.</param>
internal sealed record JsonObjectSpan(int Open, int Close, IReadOnlyList<JsonMemberSpan> Members)
{
    private static readonly JsonReaderOptions AsPeopleWrite = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The object that begins at an offset, behind white space and comments at most.</summary>
    /// <exception cref="JsonException">There is none.</exception>
    public static JsonObjectSpan Read(ReadOnlySpan<byte> file, int start)
    {
        var reader = new Utf8JsonReader(file[start..], AsPeopleWrite);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("an object is expected");
        int open = start + (int)reader.TokenStartIndex;
        List<JsonMemberSpan> members = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            int first = start + (int)reader.TokenStartIndex;
            reader.Read();
            int value = start + (int)reader.TokenStartIndex;
            reader.Skip();
            members.Add(new JsonMemberSpan(name, first, value, start + (int)reader.BytesConsumed, reader.TokenType == JsonTokenType.EndObject));
        }

        return new JsonObjectSpan(open, start + (int)reader.TokenStartIndex, members);
    }

    /// <summary>The object a whole file is.</summary>
    /// <exception cref="JsonException">It is none, or something stands behind it.</exception>
    public static JsonObjectSpan ReadWhole(ReadOnlySpan<byte> file, int start)
    {
        if (!System.Text.Unicode.Utf8.IsValid(file)) throw new JsonException("it is not UTF-8");
        var reader = new Utf8JsonReader(file[start..], AsPeopleWrite);
        while (reader.Read()) continue;
        return Read(file, start);
    }

    /// <summary>The member of a name; <see langword="null"/> for none.</summary>
    /// <exception cref="JsonException">There are several, and programs differ in which of them counts.</exception>
    public JsonMemberSpan? Find(string name)
    {
        List<JsonMemberSpan> found = [.. Members.Where(m => m.Name == name)];
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw new JsonException($"it has the member {name} twice"),
        };
    }

    /// <summary>Whether a comment stands in it.</summary>
    public bool HasComment(ReadOnlySpan<byte> file)
    {
        var reader = new Utf8JsonReader(file[Open..(Close + 1)], AsPeopleWrite with { CommentHandling = JsonCommentHandling.Allow });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Comment) return true;
        }

        return false;
    }
}

/// <summary>Where a member of an object stands.</summary>
/// <param name="Name">Its name, decoded.</param>
/// <param name="Start">Offset of its name's opening quote.</param>
/// <param name="Value">Offset of its value.</param>
/// <param name="End">Offset behind its value.</param>
/// <param name="IsObject">Whether the value is an object.</param>
internal sealed record JsonMemberSpan(string Name, int Start, int Value, int End, bool IsObject)
{
    /// <summary>Offset of the comma behind it; -1 for none.</summary>
    public int Comma(ReadOnlySpan<byte> file)
    {
        int at = End;
        while (at < file.Length)
        {
            if (file[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
            else if (file[at..].StartsWith("//"u8)) at = Behind(file, at, "\n"u8);
            else if (file[at..].StartsWith("/*"u8)) at = Behind(file, at, "*/"u8);
            else return file[at] == ',' ? at : -1;
        }

        return -1;
    }

    /// <summary>The text of the value, as it is spelled.</summary>
    public string Text(ReadOnlySpan<byte> file) => Encoding.UTF8.GetString(file[Value..End]);

    private static int Behind(ReadOnlySpan<byte> file, int at, ReadOnlySpan<byte> end)
    {
        int found = file[(at + 2)..].IndexOf(end);
        return found < 0 ? file.Length : at + 2 + found + end.Length;
    }
}
