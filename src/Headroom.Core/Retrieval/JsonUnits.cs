using System.Globalization;
using System.Text;

namespace Headroom.Retrieval;

/// <summary>Cuts JSON into values small enough to show: a container that is too long is entered, everything else is one unit.</summary>
/// <remarks>Two passes and explicit stacks: linear, and safe whatever the depth.</remarks>
internal sealed class JsonUnits
{
    /// <summary>Deeper units are named by their place in the line instead: such a pointer would be longer than what it names.</summary>
    private const int MaxPointerDepth = 32;

    private readonly string _text;
    private readonly int _maxLength;
    private readonly List<Container> _containers;

    private JsonUnits(string text, int maxLength, List<Container> containers)
    {
        _text = text;
        _maxLength = maxLength;
        _containers = containers;
    }

    /// <summary>Where a container ends, and how many containers start before it does (itself and those of earlier siblings included).</summary>
    private readonly record struct Container(int End, int NextOrdinal);

    private struct Frame
    {
        public bool IsArray;
        public int Index;
        public string? Name;
    }

    /// <summary>Reads where the containers of a text end; fails on what is not one JSON container.</summary>
    public static bool TryRead(string text, int maxLength, out JsonUnits? units)
    {
        units = null;
        int at = 0;
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF')) at++;
        if (at == text.Length || text[at] is not ('{' or '[')) return false;
        List<Container> containers = [];
        var open = new Stack<int>();
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '"')
            {
                at = StringEnd(text, at);
                if (at < 0) return false;
            }
            else if (c is '{' or '[')
            {
                open.Push(containers.Count);
                containers.Add(default);
            }
            else if (c is '}' or ']')
            {
                if (!open.TryPop(out int ordinal)) return false;
                containers[ordinal] = new Container(at + 1, containers.Count);
                if (open.Count == 0) break;
            }
        }

        if (open.Count > 0 || !text.AsSpan(Math.Min(text.Length, at + 1)).IsWhiteSpace()) return false;
        units = new JsonUnits(text, maxLength, containers);
        return true;
    }

    /// <summary>Visits the units in order, each with a function that makes its pointer (null when too deep).</summary>
    public void Visit(Action<TextSpan, Func<string?>> visit)
    {
        var frames = new List<Frame>();
        int ordinal = 0, nameStart = -1;
        string? Pointer() => PointerOf(frames);
        for (int at = 0; at < _text.Length; at++)
        {
            char c = _text[at];
            int end;
            switch (c)
            {
                case '{' or '[':
                    Container container = _containers[ordinal];
                    if (container.End - at > _maxLength)
                    {
                        if (nameStart >= 0) visit(new TextSpan(nameStart, at), Pointer);
                        nameStart = -1;
                        frames.Add(new Frame { IsArray = c == '[' });
                        ordinal++;
                        continue;
                    }

                    end = container.End;
                    ordinal = container.NextOrdinal;
                    break;
                case '}' or ']':
                    frames.RemoveAt(frames.Count - 1);
                    continue;
                case ',':
                    if (frames.Count > 0) frames[^1] = frames[^1] with { Index = frames[^1].Index + 1, Name = null };
                    continue;
                case '"':
                    end = StringEnd(_text, at) + 1;
                    if (frames.Count > 0 && !frames[^1].IsArray && nameStart < 0)
                    {
                        nameStart = at;
                        frames[^1] = frames[^1] with { Name = _text[(at + 1)..(end - 1)] };
                        at = end - 1;
                        continue;
                    }

                    break;
                default:
                    if (c == ':' || char.IsWhiteSpace(c) || c == '\uFEFF') continue;
                    end = at + 1;
                    while (end < _text.Length && _text[end] is not (',' or '}' or ']' or '{' or '[' or '"') && !char.IsWhiteSpace(_text[end])) end++;
                    break;
            }

            visit(new TextSpan(nameStart >= 0 ? nameStart : at, end), Pointer);
            nameStart = -1;
            at = end - 1;
        }
    }

    private static string? PointerOf(List<Frame> frames)
    {
        if (frames.Count > MaxPointerDepth) return null;
        var pointer = new StringBuilder();
        foreach (Frame frame in frames)
        {
            if (frame.IsArray) pointer.Append(CultureInfo.InvariantCulture, $"/{frame.Index}");
            else pointer.Append('/').Append(Escaped(frame.Name ?? ""));
        }

        return pointer.ToString();
    }

    private static string Escaped(string name) =>
        MarkerText.Phrase(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static int StringEnd(string text, int start)
    {
        for (int at = start + 1; at < text.Length; at++)
        {
            at = text.AsSpan(at).IndexOfAny('"', '\\') is >= 0 and var next ? at + next : text.Length;
            if (at < text.Length && text[at] == '"') return at;
            at++;
        }

        return -1;
    }
}
