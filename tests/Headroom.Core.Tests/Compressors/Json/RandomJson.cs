using System.Globalization;
using System.Text;

namespace Headroom.Core.Tests.Compressors.Json;

/// <summary>Makes JSON texts of the shapes agents see, full of what an encoding may trip over.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Words =
    [
        "", " ", "a", "open", "INFO", "null", "true", "0", "01", "1e5", "-", "-1", "^", "*", ">", "$1", "$1/x", "`", "``", "{}", "{a}", "{{", "}", "[1]", "(", "f(x)", "row(1 2)",
        "rows", "3 rows", "a=b", "a|b", "a,b", "a b", "a\tb", "line\nline", "\"quoted\"", "\"\"\"", "ends with \"", "back\\slash", "\r\n", "\0", "\u2028", "é", "日本", "\ud83d\ude00", "\ud800",
        "@", "@{", "@{a=1}", "@s[1]", "{\"a\":1,\"b\":[2,3]}", "[1,2,3,4,5,6]", "{\"a\": \"x y\", \"b\": {}}", "# JSON as key=value\na=1", "https://api.example.com/repos/acme/app/issues/1",
        "https://api.example.com/repos/acme/app/issues/2/comments", "a long text that stands here more than once, with a \"quote\"\nand\nlines\nin it", "2024-01-15T10:00:00Z",
    ];

    private static readonly string[] Keys = ["id", "name", "a", "b", "user.login", "", "a b", "x=y", "[0]", "(key)", "$1", "null", "type", "url", "\"q\"", "k\n", "é", "@babel/core", "a?", "#", "\ud800"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    public string Document()
    {
        _text.Clear();
        Value(0);
        return _text.ToString();
    }

    public string Lines()
    {
        var lines = new StringBuilder();
        List<string> keys = PickKeys();
        int count = _random.Next(2, 12);
        for (int i = 0; i < count; i++)
        {
            _text.Clear();
            if (_random.Next(12) == 0) _text.Append("plain line ").Append(i);
            else Row(keys, 1);
            lines.Append(_text.Replace("\n", " ")).Append(_random.Next(10) == 0 ? "\r\n" : "\n");
        }

        return lines.ToString();
    }

    private void Value(int depth)
    {
        switch (_random.Next(depth > 4 ? 6 : 12))
        {
            case 0: _text.Append("null"); break;
            case 1: _text.Append(_random.Next(2) == 0 ? "true" : "false"); break;
            case 2 or 3: Number(); break;
            case 4 or 5: String(Words[_random.Next(Words.Length)]); break;
            case 6: Array(depth); break;
            case 7 or 8: Row(PickKeys(), depth); break;
            case 9: Map(depth); break;
            default: Rows(depth); break;
        }
    }

    private void Number()
    {
        string[] odd = ["0", "-0", "1.0", "1e5", "1E+2", "12345678901234567890123", "0.10", "-1.5e-300"];
        _text.Append(_random.Next(3) == 0 ? odd[_random.Next(odd.Length)] : _random.Next(2000).ToString(CultureInfo.InvariantCulture));
    }

    private void Array(int depth)
    {
        _text.Append('[');
        int count = _random.Next(5);
        for (int i = 0; i < count; i++)
        {
            if (i > 0) Comma();
            Value(depth + 1);
        }

        _text.Append(']');
    }

    /// <summary>Objects of like keys, a few of them odd: what becomes a table.</summary>
    private void Rows(int depth)
    {
        List<string> keys = PickKeys();
        string constant = Words[_random.Next(Words.Length)];
        int count = _random.Next(2, 9);
        _text.Append('[');
        for (int i = 0; i < count; i++)
        {
            if (i > 0) Comma();
            if (_random.Next(15) == 0) Value(depth + 2);
            else Row(keys, depth + 1, constant, i);
        }

        _text.Append(']');
    }

    private void Map(int depth)
    {
        List<string> keys = PickKeys();
        _text.Append('{');
        int count = _random.Next(2, 7);
        for (int i = 0; i < count; i++)
        {
            if (i > 0) Comma();
            String(Words[_random.Next(Words.Length)] + (_random.Next(8) > 0 ? i.ToString(CultureInfo.InvariantCulture) : ""));
            _text.Append(':');
            Row(keys, depth + 1);
        }

        _text.Append('}');
    }

    private void Row(List<string> keys, int depth, string? constant = null, int index = 0)
    {
        _text.Append('{');
        bool first = true;
        foreach (string key in _random.Next(15) == 0 ? Enumerable.Reverse(keys) : keys)
        {
            if (_random.Next(12) == 0) continue;
            if (!first) Comma();
            first = false;
            String(key);
            _text.Append(_random.Next(3) == 0 ? ": " : ":");
            switch ((key.Length + keys.Count) % 6)
            {
                case 0 when constant is not null: String(constant); break;
                case 1: _text.Append(index); break;
                case 2: String($"https://api.example.com/{(constant ?? "").Length}/items/{index}/x"); break;
                case 3 when depth < 5: Row(keys.Count > 2 ? keys[..2] : keys, depth + 2, constant, index); break;
                default: Value(depth + 2); break;
            }
        }

        _text.Append('}');
    }

    private List<string> PickKeys() => [.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Keys[_random.Next(Keys.Length)]).Distinct()];

    private void Comma() => _text.Append(_random.Next(3) == 0 ? ",\n  " : ",");

    private void String(string text)
    {
        _text.Append('"');
        foreach (char c in text)
        {
            if (c is '"' or '\\' || c < ' ' || char.IsSurrogate(c) || _random.Next(40) == 0) _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else _text.Append(c);
        }

        _text.Append('"');
    }
}
