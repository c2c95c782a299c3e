using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>A request as no client would write it: white space, escapes, number spellings, unknown and duplicate members, members in any order.</summary>
internal sealed class OddRequest
{
    private static readonly string[] s_numbers = ["0", "-0", "1.0", "1e5", "1E+2", "123456789012345678901234567890", "0.10"];
    private static readonly string[] s_spaces = ["", " ", "\n  ", "\t", "\r\n"];

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private int _calls;

    public OddRequest(Random random, WireFormat format)
    {
        _random = random;
        switch (format)
        {
            case WireFormat.Messages: Object(Shuffle(Odd("m"), Member("model", () => String("m")), Member("system", () => Array(Block("text", Text("system")))), Member("messages", () => Array([.. Turns(Anthropic)])))); break;
            case WireFormat.Chat: Object(Shuffle(Odd("c"), Member("model", () => String("m")), Member("messages", () => Array([.. Turns(Chat)])))); break;
            default: Object(Shuffle(Odd("r"), Member("instructions", () => String(Text("system"))), Member("input", () => Array([.. Turns(Responses)])))); break;
        }
    }

    /// <summary>The body.</summary>
    public byte[] Bytes => Encoding.UTF8.GetBytes(_text.ToString());

    /// <summary>The texts that may change.</summary>
    public HashSet<string> Results { get; } = new(StringComparer.Ordinal);

    private IEnumerable<Action> Turns(Func<int, IEnumerable<Action>> turn) => Enumerable.Range(0, _random.Next(2, 6)).SelectMany(turn);

    private IEnumerable<Action> Anthropic(int turn)
    {
        string id = "toolu_" + _calls++;
        yield return () => Object(Shuffle(Member("role", () => String("user")), Member("content", () => String(Text("question"))), Odd("q")));
        yield return () => Object(Shuffle(Member("role", () => String("assistant")), Member("content", () => Array(
            Block("thinking", "thinking", Text("thought")), Block("text", Text("turn")),
            () => Object(Shuffle(Member("type", () => String("tool_use")), Member("id", () => String(id)), Member("name", () => String("read")), Member("input", () => Object(Odd("i")))))))));
        yield return () => Object(Shuffle(Member("role", () => String("user")), Member("content", () => Array(() => Object(Shuffle(
            Member("type", () => String("tool_result")), Member("tool_use_id", () => String(id)), Odd("t"), Member("is_error", () => Raw(_random.Next(5) == 0 ? "true" : "false")),
            Member("content", _random.Next(2) == 0 ? () => String(Result()) : () => Array(Block("text", Result()), Image, Block("text", Result()))))), Block("text", Text("reminder"))))));
    }

    private IEnumerable<Action> Chat(int turn)
    {
        string id = "call_" + _calls++;
        yield return () => Object(Shuffle(Member("role", () => String("user")), Member("content", () => Array(Block("text", Text("question")), Image))));
        yield return () => Object(Shuffle(Member("role", () => String("assistant")), Member("content", () => Raw("null")), Odd("a"), Member("tool_calls", () => Array(() => Object(Shuffle(
            Member("id", () => String(id)), Member("function", () => Object(Shuffle(Member("name", () => String("read")), Member("arguments", () => String("{\"p\":1}")))))))))));
        yield return () => Object(Shuffle(Member("role", () => String("tool")), Member("tool_call_id", () => String(id)), Odd("t"),
            Member("content", _random.Next(2) == 0 ? () => String(Result()) : () => Array(Block("text", Result()), Block("text", Result())))));
    }

    private IEnumerable<Action> Responses(int turn)
    {
        string id = "call_" + _calls++;
        yield return () => Object(Shuffle(Member("role", () => String("user")), Member("content", () => Array(Block("input_text", Text("question"))))));
        yield return () => Object(Shuffle(Member("type", () => String("reasoning")), Member("summary", () => Array()), Member("encrypted_content", () => String(Text("cipher")))));
        yield return () => Object(Shuffle(Member("type", () => String("function_call")), Member("call_id", () => String(id)), Member("name", () => String("read")), Member("arguments", () => String("{}"))));
        yield return () => Object(Shuffle(Member("type", () => String(turn % 2 == 0 ? "function_call_output" : "custom_tool_call_output")), Member("call_id", () => String(id)), Odd("o"),
            Member("output", _random.Next(2) == 0 ? () => String(Result()) : () => Array(Block("input_text", Result()), Image, Block("output_text", Result())))));
    }

    private void Image() => Raw("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA\/\u0042"}}""");

    private Action Block(string type, string text) => Block(type, "text", text);

    private Action Block(string type, string name, string text) => () => Object(Shuffle(Member("type", () => String(type)), Member(name, () => String(text)), Odd("b")));

    private string Text(string what) => $"{what} {_random.Next()} é \U0001F600 \"q\" \\ /";

    private string Result()
    {
        int salt = _random.Next(1_000_000);
        string result = _random.Next(4) switch
        {
            0 => $"short {salt}",
            1 => JsonSerializer.Serialize(Enumerable.Range(0, 20).Select(i => new { id = i + salt, state = "open", text = "é\u2028\U0001F600" }), Samples.Indented),
            2 => string.Concat(Enumerable.Range(0, 300).Select(i => $"2026-01-01T00:00:{i % 60:00}Z INFO job {salt + i} done in {i * 7 % 50} ms\r\n")),
            _ => $"\u001b[1mbold {salt}\u001b[0m\n" + string.Concat(Enumerable.Repeat($"the same line over and over {salt}\n", 30)) + "\ud800 lone",
        };
        Results.Add(result);
        return result;
    }

    private Action Member(string name, Action value) => () =>
    {
        String(name);
        Space();
        Raw(":");
        Space();
        value();
    };

    /// <summary>A member nobody knows.</summary>
    private Action Odd(string name) => Member("x_" + name, () =>
    {
        switch (_random.Next(5))
        {
            case 0: Raw(s_numbers[_random.Next(s_numbers.Length)]); break;
            case 1: Raw("""{"a":1,"a":2.0,"type":"tool_result","content":"AAAA"}"""); break;
            case 2: String(Text("unknown")); break;
            case 3: Raw(new string('[', 60) + new string(']', 60)); break;
            default: Raw("null"); break;
        }
    });

    private Action[] Shuffle(params Action[] members)
    {
        _random.Shuffle(members);
        return members;
    }

    private void Object(params Action[] members) => Between("{", members, "}");

    private void Array(params Action[] elements) => Between("[", elements, "]");

    private void Between(string open, Action[] parts, string close)
    {
        Raw(open);
        for (int i = 0; i < parts.Length; i++)
        {
            if (i > 0) Raw(",");
            Space();
            parts[i]();
            Space();
        }

        Raw(close);
    }

    /// <summary>A string in one of its many spellings.</summary>
    private void String(string text)
    {
        _text.Append('"');
        foreach (char c in text)
        {
            bool must = c is '"' or '\\' || c < ' ' || char.IsSurrogate(c); // halves are written one by one here, and only escapes allow that
            if (c == '\n' && _random.Next(2) == 0) _text.Append("\\n");
            else if (c == '/' && _random.Next(2) == 0) _text.Append("\\/");
            else if (must || _random.Next(12) == 0) _text.Append("\\u").Append(((int)c).ToString(_random.Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture));
            else _text.Append(c);
        }

        _text.Append('"');
    }

    private void Space() => Raw(s_spaces[_random.Next(s_spaces.Length)]);

    private void Raw(string text) => _text.Append(text);
}
