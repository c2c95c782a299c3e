using System.Runtime.InteropServices;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>A parsed text as a tree of atoms: values so short that they are shown whole or not at all, and the containers around them.</summary>
internal sealed class Outline
{
    /// <summary>Characters up to which a container is shown whole or not at all: a gap line costs about a hundred, so less is not worth opening.</summary>
    private const int MaxAtom = 240;

    /// <summary>Rows from which a container is worth a look as a table, and characters that most rows may take in it to be shown whole or not at all.</summary>
    private const int MinTableRows = 6, MaxRow = 700;

    /// <summary>Entries an object must have at least to be taken for a map; below it like members may be chance.</summary>
    private const int MinMapEntries = 4;

    private readonly List<Dictionary<string, int>> _children = [[]];
    private readonly int[] _keys;

    public Outline(JsonTape tape)
    {
        Tape = tape;
        Parents = new int[tape.Count];
        Paths = new int[tape.Count];
        Lengths = new int[tape.Count];
        AtomOf = new int[tape.Count];
        Indexes = new int[tape.Count];
        _keys = new int[tape.Count];
        FindParents();
        FindLengths();
        FindAtoms();
        FindPaths();
    }

    public JsonTape Tape { get; }

    /// <summary>The container of each value; -1 for the root, <see cref="Key"/> for nodes that are keys.</summary>
    public int[] Parents { get; }

    /// <summary>What <see cref="Parents"/> has for a key.</summary>
    public const int Key = -2;

    /// <summary>Number of the path of each value, in which array indexes and keys of maps are left open.</summary>
    public int[] Paths { get; }

    public int PathCount => _children.Count;

    /// <summary>About how many characters each value takes when shown, with its key.</summary>
    public int[] Lengths { get; }

    /// <summary>The atom each value belongs to; -1 for containers that hold atoms.</summary>
    public int[] AtomOf { get; }

    /// <summary>About how many characters the pointer of each container takes.</summary>
    public int PointerLength(int container)
    {
        int length = 0;
        for (int node = container; Parents[node] >= 0; node = Parents[node]) length += 1 + (_keys[node] >= 0 ? Tape.End(_keys[node]) - Tape.Start(_keys[node]) : 2);
        return length;
    }

    /// <summary>The place of each value among the children of its container, from 0.</summary>
    public int[] Indexes { get; }

    /// <summary>The atoms in the order of the text.</summary>
    public List<int> Atoms { get; } = [];

    /// <summary>The key a value stands under, or -1 in an array.</summary>
    public int KeyOf(int node) => _keys[node];

    /// <summary>The first child of a container as a value, and the one after a child; the end of the container's nodes where there is none.</summary>
    public int FirstChild(int container) => Tape.Kind(container) == JsonKind.Object ? container + 2 : container + 1;

    public int NextChild(int container, int child) => Tape.Next(child) + (Tape.Kind(container) == JsonKind.Object ? 1 : 0);

    /// <summary>Whether the members of an object are entries of a map: containers that look alike.</summary>
    public bool IsMap(int node)
    {
        if (Tape.Kind(node) != JsonKind.Object || Tape.Size(node) < MinMapEntries) return false;
        int like = 0, end = Tape.Next(node), first = FirstChild(node);
        for (int child = first; child < end; child = NextChild(node, child))
        {
            if (!Tape.IsContainer(child) || Tape.Kind(child) != Tape.Kind(first)) return false;
            bool bothFilled = Tape.Size(child) > 0 && Tape.Size(first) > 0;
            if (Tape.Kind(child) == JsonKind.Array || (bothFilled && Tape.Raw(child + 1).SequenceEqual(Tape.Raw(first + 1)))) like++;
        }

        return like * 2 >= Tape.Size(node);
    }

    private void FindParents()
    {
        var open = new Stack<int>();
        int[] children = new int[Tape.Count];
        for (int node = 0; node < Tape.Count; node++)
        {
            while (open.Count > 0 && Tape.Next(open.Peek()) <= node) open.Pop();
            int parent = open.Count > 0 ? open.Peek() : -1;
            bool inObject = parent >= 0 && Tape.Kind(parent) == JsonKind.Object;
            bool isKey = inObject && Parents[node - 1] != Key; // behind its bracket or a value
            Parents[node] = isKey ? Key : parent;
            _keys[node] = inObject && !isKey ? node - 1 : -1;
            if (!isKey && parent >= 0) Indexes[node] = children[parent]++;
            if (!isKey && Tape.IsContainer(node) && Tape.Size(node) > 0) open.Push(node);
        }
    }

    private void FindLengths()
    {
        for (int node = Tape.Count - 1; node >= 0; node--)
        {
            if (Parents[node] == Key) continue;
            int key = _keys[node];
            Lengths[node] += 2 + (Tape.IsContainer(node) ? 0 : Tape.End(node) - Tape.Start(node)) + (key >= 0 ? Tape.End(key) - Tape.Start(key) : 0);
            if (Parents[node] >= 0) Lengths[Parents[node]] += Lengths[node];
        }
    }

    private void FindAtoms()
    {
        var twins = new HashSet<int>();
        var rows = new Dictionary<int, int>();
        for (int node = 0; node < Tape.Count; node++)
        {
            int parent = Parents[node];
            if (parent == Key) continue;
            bool opens = node == 0 || (Tape.IsContainer(node) && Tape.Size(node) > 0 && Lengths[node] > MaxAtom && !twins.Contains(node));
            AtomOf[node] = parent >= 0 && AtomOf[parent] >= 0 ? AtomOf[parent] : opens ? -1 : node;
            if (rows.TryGetValue(node, out int length))
            {
                AtomOf[node] = node;
                Lengths[node] = length;
            }

            if (AtomOf[node] == node) Atoms.Add(node);
            else if (AtomOf[node] < 0 && Tape.IsContainer(node)) Open(node, twins, rows);
        }
    }

    private void Open(int container, HashSet<int> twins, Dictionary<int, int> rows)
    {
        if (Tape.Kind(container) == JsonKind.Object) FindTwins(container, twins);
        if (Tape.Size(container) < MinTableRows || TablePlan.TryCreate(Tape, container, areAllShown: false, ColumnAnalysis.MinLiteralOfPart) is not { } table) return;
        int[] lengths = DocumentWriter.RowLengths(Tape, table);
        if (lengths.Count(l => l > MaxRow) * 10 > lengths.Length) return;
        for (int row = 0; row < lengths.Length; row++) rows.Add(table.Rows[row], lengths[row]);
    }

    /// <summary>Values whose key stood before in their object: a pointer would lead to the first, so what is in the second cannot be named.</summary>
    private void FindTwins(int container, HashSet<int> twins)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        int end = Tape.Next(container);
        for (int child = FirstChild(container); child < end; child = NextChild(container, child))
            if (!keys.Add(Tape.Value(child - 1).ToString())) twins.Add(child);
    }

    private void FindPaths()
    {
        var maps = new bool[Tape.Count];
        for (int node = 0; node < Tape.Count; node++)
        {
            if (Parents[node] == Key) continue;
            if (Tape.IsContainer(node)) maps[node] = Tape.Kind(node) == JsonKind.Array || IsMap(node);
            if (Parents[node] < 0) continue;
            var names = _children[Paths[Parents[node]]].GetAlternateLookup<ReadOnlySpan<char>>();
            ref int path = ref CollectionsMarshal.GetValueRefOrAddDefault(names, maps[Parents[node]] ? "" : Tape.Raw(_keys[node]), out bool known);
            if (!known)
            {
                path = _children.Count;
                _children.Add([]);
            }

            Paths[node] = path;
        }
    }
}
