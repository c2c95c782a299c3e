namespace Headroom.Internal.Json;

/// <summary>A parsed JSON text as parallel arrays: one node a value or key, in the order of the text, no objects.</summary>
/// <remarks>
/// The children of an array are its values; those of an object alternate key, value. <see cref="Next"/> skips a whole subtree,
/// so every walk is a loop and depth costs nothing.
/// </remarks>
internal sealed class JsonTape
{
    private const byte EscapeFlag = 0x80;

    private byte[] _kinds;
    private int[] _starts;
    private int[] _ends;
    private int[] _nexts;
    private int[] _counts;

    public JsonTape(string text)
        : this(text, Math.Max(16, text.Length / 10)) // about what dense JSON holds; grows where it does not suffice
    {
    }

    public JsonTape(string text, int capacity)
    {
        Text = text;
        _kinds = new byte[capacity];
        _starts = new int[capacity];
        _ends = new int[capacity];
        _nexts = new int[capacity];
        _counts = new int[capacity];
    }

    public string Text { get; }

    public int Count { get; private set; }

    /// <summary>How deep containers nest: 1 for a flat array.</summary>
    public int MaxDepth { get; set; }

    public JsonKind Kind(int node) => (JsonKind)(_kinds[node] & ~EscapeFlag);

    /// <summary>Whether the string is spelled with escapes.</summary>
    public bool HasEscapes(int node) => (_kinds[node] & EscapeFlag) != 0;

    /// <summary>Where the node starts in the text; for a string, after its quote.</summary>
    public int Start(int node) => _starts[node];

    /// <summary>Where the node ends in the text, exclusive; for a string, before its quote.</summary>
    public int End(int node) => _ends[node];

    /// <summary>The node after this one and all that is in it.</summary>
    public int Next(int node) => _nexts[node];

    /// <summary>Values in an array, or key-value pairs in an object.</summary>
    public int Size(int node) => _counts[node];

    /// <summary>The text of a node as spelled; for a string, without quotes and with its escapes.</summary>
    public ReadOnlySpan<char> Raw(int node) => Text.AsSpan(_starts[node], _ends[node] - _starts[node]);

    public bool IsContainer(int node) => Kind(node) <= JsonKind.Array;

    /// <summary>The text a string stands for. Allocates only where there are escapes.</summary>
    public ReadOnlySpan<char> Value(int node) => HasEscapes(node) ? JsonText.Unescape(Raw(node)) : Raw(node);

    public int Add(JsonKind kind, int start, int end, bool escapes = false)
    {
        if (Count == _kinds.Length) Grow();
        int node = Count++;
        _kinds[node] = (byte)((byte)kind | (escapes ? EscapeFlag : 0));
        _starts[node] = start;
        _ends[node] = end;
        _nexts[node] = node + 1;
        _counts[node] = 0;
        return node;
    }

    /// <summary>Opens a container. Until it is closed, its <see cref="Next"/> holds the container around it.</summary>
    public int Open(JsonKind kind, int start, int parent)
    {
        int node = Add(kind, start, start);
        _nexts[node] = parent;
        return node;
    }

    /// <summary>Closes a container and returns the one around it.</summary>
    public int Close(int node, int end)
    {
        int parent = _nexts[node];
        _ends[node] = end;
        _nexts[node] = Count;
        return parent;
    }

    public void CountChild(int node) => _counts[node]++;

    /// <summary>Forgets the nodes from <paramref name="count"/> on.</summary>
    public void Truncate(int count)
    {
        Count = count;
        if (count == 0) MaxDepth = 0;
    }

    private void Grow()
    {
        int capacity = checked((int)Math.Min(Array.MaxLength, _kinds.Length * 2L));
        Array.Resize(ref _kinds, capacity);
        Array.Resize(ref _starts, capacity);
        Array.Resize(ref _ends, capacity);
        Array.Resize(ref _nexts, capacity);
        Array.Resize(ref _counts, capacity);
    }
}
