using System.Globalization;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>What is kept of a document as a document of its own, and where in it something was left out.</summary>
internal sealed class PrunedDocument
{
    private readonly Outline _outline;
    private readonly JsonTape _source;
    private readonly bool[] _kept;
    private readonly StringBuilder _text = new();
    private int _nodes;

    private PrunedDocument(Outline outline, bool[] kept)
    {
        _outline = outline;
        _source = outline.Tape;
        _kept = kept;
    }

    /// <summary>What is kept, parsed. Its rows are never lines, even where those of the whole are.</summary>
    public JsonTape Tape { get; private set; } = null!;

    /// <summary>Gaps by the first node behind them: a key in objects, a value in arrays.</summary>
    public Dictionary<int, PrunedGap> Before { get; } = [];

    /// <summary>Gaps at the end of containers, by the container.</summary>
    public Dictionary<int, PrunedGap> AtEnd { get; } = [];

    /// <summary>Containers with a gap in them, at whatever depth; by node, with the node it has in the whole.</summary>
    public Dictionary<int, int> Open { get; } = [];

    /// <summary>The index each child of an open container has in the whole, and that container, by the child's first node.</summary>
    public Dictionary<int, (int Container, int Index)> Indexes { get; } = [];

    public static PrunedDocument? Create(Outline outline, bool[] kept)
    {
        var pruned = new PrunedDocument(outline, kept);
        pruned.Write(0);
        if (pruned.AtEnd.Count + pruned.Before.Count == 0 || JsonParser.Parse(pruned._text.ToString()) is not { } tape || tape.Count != pruned._nodes) return null;
        pruned.Tape = tape;
        return pruned;
    }

    /// <summary>The pointer of a container of the whole.</summary>
    public string Pointer(int container)
    {
        List<string> keys = [];
        for (int node = container; _outline.Parents[node] >= 0; node = _outline.Parents[node])
        {
            int key = _outline.KeyOf(node);
            keys.Add(key >= 0
                ? _source.Value(key).ToString().Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
                : _outline.Indexes[node].ToString(CultureInfo.InvariantCulture));
        }

        keys.Reverse();
        return string.Concat(keys.Select(k => "/" + k));
    }

    /// <summary>Writes a value; whether something of it is missing.</summary>
    private bool Write(int node)
    {
        if (_outline.AtomOf[node] >= 0 || !_source.IsContainer(node))
        {
            if (_source.Kind(node) == JsonKind.Raw) JsonText.AppendQuoted(_text, _source.Raw(node)); // a line that is not JSON
            else JsonWriter.Append(_text, _source, node);
            _nodes += _source.Next(node) - node;
            return false;
        }

        bool isObject = _source.Kind(node) == JsonKind.Object, isFirst = true, isOpen = false;
        int self = _nodes++, end = _source.Next(node), index = 0;
        PrunedGap? gap = null;
        List<(int Node, int Index)> indexes = [];
        _text.Append(isObject ? '{' : '[');
        for (int child = _outline.FirstChild(node); child < end; child = _outline.NextChild(node, child), index++)
        {
            if (!_kept[child])
            {
                gap ??= new PrunedGap(node, index, child);
                gap.Last = index;
                continue;
            }

            if (gap is not null) Before.Add(_nodes, gap);
            isOpen |= gap is not null;
            gap = null;
            if (!isFirst) _text.Append(',');
            isFirst = false;
            indexes.Add((_nodes, index));
            if (isObject)
            {
                JsonWriter.AppendScalar(_text, _source, child - 1);
                _text.Append(':');
                _nodes++;
            }

            isOpen |= Write(child);
        }

        if (gap is not null) AtEnd.Add(self, gap);
        _text.Append(isObject ? '}' : ']');
        if (!isOpen && gap is null) return false;
        Open.Add(self, node);
        foreach ((int first, int at) in indexes) Indexes.Add(first, (self, at));
        return true;
    }
}

/// <summary>Values of a container that were left out.</summary>
/// <param name="container">The container, as a node of the whole.</param>
/// <param name="first">The first of them, by its index in the container.</param>
/// <param name="firstNode">The first of them, as a node of the whole.</param>
internal sealed class PrunedGap(int container, int first, int firstNode)
{
    public int Container { get; } = container;

    public int First { get; } = first;

    public int FirstNode { get; } = firstNode;

    public int Last { get; set; } = first;

    public int Count => Last - First + 1;
}
