using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Headroom.Laws;

/// <summary>Equivalence worked out a second time, slowly and with other means than the code under test.</summary>
internal static partial class ReferenceEquivalence
{
    public static bool Same(string original, string decoded) =>
        original == decoded
        || (Canonical(original) is { } left && left == Canonical(decoded))
        || SameLines(original, decoded)
        || Screen(original) == Screen(decoded)
        || EmbeddedCanonical(Screen(original)) == EmbeddedCanonical(Screen(decoded));

    private static bool SameLines(string original, string decoded)
    {
        string[] left = NonBlank(original), right = NonBlank(decoded);
        return left.Length > 1 && left.Length == right.Length
            && left.Zip(right).All(p => p.First == p.Second || (Canonical(p.First) is { } c && c == Canonical(p.Second)));
    }

    private static string[] NonBlank(string text) => [.. text.Split('\n').Where(l => l.Trim().Length > 0)];

    /// <summary>The tokens of a JSON text with numbers as spelled and strings decoded; null when it is not JSON.</summary>
    private static string? Canonical(string text)
    {
        var result = new StringBuilder();
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF')), new JsonReaderOptions { MaxDepth = 10_000 });
            while (reader.Read())
            {
                result.Append('\u0001').Append((int)reader.TokenType).Append(':');
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String) result.Append(Unescaped(ref reader));
                else if (reader.TokenType == JsonTokenType.Number) result.Append(Encoding.UTF8.GetString(reader.ValueSpan));
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return result.ToString();
    }

    /// <summary>GetString refuses lone surrogates: those strings are compared as spelled.</summary>
    private static string Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private static string Screen(string text)
    {
        IEnumerable<string> lines = Escapes().Replace(text, "").Replace("\r\n", "\n").Split('\n').Select(line =>
        {
            string shown = "";
            foreach (string part in line.Split('\r')) shown = part + (part.Length < shown.Length ? shown[part.Length..] : "");
            while (shown.Contains('\b'))
            {
                string next = LeadingBackspaces().Replace(Backspace().Replace(shown, ""), "");
                if (next == shown) break;
                shown = next;
            }

            return shown.TrimEnd(' ', '\t');
        });
        return string.Join('\n', lines).TrimEnd('\n');
    }

    private static string EmbeddedCanonical(string text)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            int end = text[i] is '{' or '[' ? MatchingEnd(text, i) : -1;
            if (end - i > 7 && Canonical(text[i..(end + 1)]) is { } value)
            {
                result.Append(value);
                i = end;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    private static int MatchingEnd(string text, int start)
    {
        int depth = 0;
        bool inString = false;
        for (int i = start; i < Math.Min(text.Length, start + 200_000); i++)
        {
            char c = text[i];
            if (inString)
            {
                if (c == '\\') i++;
                else if (c == '"') inString = false;
            }
            else if (c == '"')
            {
                inString = true;
            }
            else if (c is '{' or '[')
            {
                depth++;
            }
            else if (c is '}' or ']' && --depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[@-Z\\-_]")]
    private static partial Regex Escapes();

    [GeneratedRegex("[^\b]\b")]
    private static partial Regex Backspace();

    [GeneratedRegex("^\b+")]
    private static partial Regex LeadingBackspaces();
}
