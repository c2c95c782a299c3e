using System.Globalization;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Lays rows of objects or arrays out as columns: nested objects and short arrays of one length become columns of their own.</summary>
internal sealed class TableSchema
{
    /// <summary>Columns a table may have at most: wider ones are unreadable, and the bound keeps the work linear.</summary>
    private const int MaxColumns = 64;

    /// <summary>How deep nesting is flattened: deeper paths cost more in the header than they save.</summary>
    private const int MaxDepth = 6;

    /// <summary>Arrays of one length up to this are flattened into columns.</summary>
    private const int MaxArrayLength = 6;

    /// <summary>Share of cells that may be absent: blanks are cheap, but a sparse table is hard to read.</summary>
    private const double MaxAbsent = 0.35;

    /// <summary>Share of rows (or values) that must fit the common layout; the rest are written out in full.</summary>
    private const double MinConforming = 0.7;

    private readonly JsonTape _tape;
    private int _columns;

    private TableSchema(JsonTape tape) => _tape = tape;

    /// <summary>The row itself: its children are the columns, and <see cref="SchemaNode.Values"/> holds the rows that do not fit.</summary>
    public required SchemaNode Root { get; init; }

    /// <summary>Lays out rows; <see langword="null"/> when they are too unlike.</summary>
    public static TableSchema? TryCreate(JsonTape tape, int[] rows)
    {
        var schema = new TableSchema(tape) { Root = new SchemaNode("", "", rows) };
        return schema.TryFlatten(schema.Root, 0) ? schema : null;
    }

    private bool TryFlatten(SchemaNode node, int depth)
    {
        if (depth >= MaxDepth) return false;
        int[] values = node.Values;
        int objects = 0, arrays = 0, present = 0, length = 0;
        foreach (int value in values)
        {
            if (value < 0) continue;
            present++;
            if (!_tape.IsContainer(value) || _tape.Size(value) == 0) continue;
            if (_tape.Kind(value) == JsonKind.Object)
            {
                objects++;
            }
            else if (length == 0 || _tape.Size(value) == length)
            {
                arrays++;
                length = _tape.Size(value);
            }
        }

        bool isObject = objects >= arrays;
        int fitting = isObject ? objects : arrays;
        if (fitting < 2 || fitting < (isObject || depth == 0 ? MinConforming : 1) * present) return false;
        if (!isObject && length > (depth == 0 ? MaxColumns : MaxArrayLength)) return false;
        int before = _columns;
        int taken = isObject ? TakeObjects(node, null) : TakeArrays(node, length);
        bool[]? unusual = isObject && depth == 0 && !IsDense(node, taken) ? RowsWithRareKeys(node, taken) : null;
        if (unusual is not null)
        {
            GiveBack(node);
            _columns = before;
            taken = TakeObjects(node, unusual);
        }

        if (taken < MinConforming * present || !IsDense(node, taken) || _columns > MaxColumns)
        {
            GiveBack(node);
            _columns = before;
            return false;
        }

        foreach (SchemaNode child in node.Children) TryFlatten(child, depth + 1);
        return true;
    }

    private static bool IsDense(SchemaNode node, int taken)
    {
        long filled = node.Children.Sum(c => (long)c.Values.Count(v => v >= 0));
        return filled >= (1 - MaxAbsent) * node.Children.Count * taken;
    }

    /// <summary>Rows with a key that few rows have: written out in full, they leave a dense table of the others.</summary>
    private static bool[]? RowsWithRareKeys(SchemaNode node, int taken)
    {
        bool[]? unusual = null;
        foreach (SchemaNode child in node.Children)
        {
            if (child.Values.Count(v => v >= 0) * 10 > taken) continue;
            unusual ??= new bool[child.Values.Length];
            for (int row = 0; row < unusual.Length; row++) unusual[row] |= child.Values[row] >= 0;
        }

        return unusual;
    }

    /// <summary>The values of the children that were taken from this node, undone.</summary>
    private static void GiveBack(SchemaNode node)
    {
        node.Children.Clear();
        for (int row = 0; row < node.Values.Length; row++)
            if (node.Values[row] < SchemaNode.Absent) node.Values[row] = -2 - node.Values[row];
    }

    private int TakeArrays(SchemaNode node, int length)
    {
        int taken = 0;
        for (int i = 0; i < length; i++)
        {
            int[] values = new int[node.Values.Length];
            Array.Fill(values, SchemaNode.Absent);
            node.Children.Add(new SchemaNode(string.Create(CultureInfo.InvariantCulture, $"{node.Path}[{i}]"), "", values));
        }

        for (int row = 0; row < node.Values.Length; row++)
        {
            int value = node.Values[row];
            if (value < 0 || _tape.Kind(value) != JsonKind.Array || _tape.Size(value) != length) continue;
            int at = value + 1;
            for (int i = 0; i < length; i++, at = _tape.Next(at)) node.Children[i].Values[row] = at;
            node.Values[row] = -2 - value;
            taken++;
        }

        _columns += length;
        return taken;
    }

    /// <summary>Merges the keys of all objects into one order; an object whose order disagrees stays whole.</summary>
    private int TakeObjects(SchemaNode node, bool[]? except)
    {
        int taken = 0;
        Dictionary<string, int> places = new(StringComparer.Ordinal); // key → index among the children
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = places.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int row = 0; row < node.Values.Length; row++)
        {
            int value = node.Values[row];
            if (value < 0 || _tape.Kind(value) != JsonKind.Object || _tape.Size(value) == 0 || except?[row] == true) continue;
            if (!TryTakeObject(node, row, value, places, lookup)) continue;
            node.Values[row] = -2 - value;
            taken++;
        }

        return taken;
    }

    private bool TryTakeObject(SchemaNode node, int row, int value, Dictionary<string, int> places, Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup)
    {
        int next = 0;
        int end = _tape.Next(value);
        for (int key = value + 1; key < end; key = _tape.Next(key + 1))
        {
            ReadOnlySpan<char> name = _tape.Value(key);
            if (next < node.Children.Count && name.SequenceEqual(node.Children[next].Key))
            {
                node.Children[next++].Values[row] = key + 1;
                continue;
            }

            if (!lookup.TryGetValue(name, out int place))
            {
                if (node.Children.Count < MaxColumns && _columns <= MaxColumns)
                {
                    place = next;
                    AddChild(node, place, name.ToString(), places);
                }
                else
                {
                    place = -1;
                }
            }

            if (place < next)
            {
                foreach (SchemaNode child in node.Children) child.Values[row] = SchemaNode.Absent;
                return false;
            }

            node.Children[place].Values[row] = key + 1;
            next = place + 1;
        }

        return true;
    }

    private void AddChild(SchemaNode node, int place, string key, Dictionary<string, int> places)
    {
        int[] values = new int[node.Values.Length];
        Array.Fill(values, SchemaNode.Absent);
        node.Children.Insert(place, new SchemaNode(ColumnPath.Append(node.Path, key), key, values));
        for (int i = place; i < node.Children.Count; i++) places[node.Children[i].Key] = i;
        _columns++;
    }
}
