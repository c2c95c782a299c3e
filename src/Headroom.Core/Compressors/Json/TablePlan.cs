using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>An array, or an object used as a map, that is written as a table.</summary>
internal sealed class TablePlan
{
    /// <summary>Name of the column that shows the keys of a map: no key of a row can be spelled like it.</summary>
    public const string KeyColumn = "(key)";

    /// <summary>Cells below which a header line costs more than the keys it saves.</summary>
    private const int MinCells = 6;

    /// <summary>Entries an object must have at least to be taken for a map; below it equal fields may be chance.</summary>
    private const int MinMapEntries = 3;

    private TablePlan(JsonTape tape, int[] rows, TableSchema schema, Column? keys, bool areAllShown, int minLiteral)
    {
        Rows = rows;
        IsOdd = [.. schema.Root.Values.Select(v => v >= 0)];
        List<Column> columns = [];
        if (keys is not null) columns.Add(keys);
        Collect(schema.Root, columns, IsOdd);
        Columns = columns;
        Keys = keys;
        ColumnAnalysis.Run(tape, columns, IsOdd, areAllShown, minLiteral);
    }

    /// <summary>The rows as nodes of the tape.</summary>
    public int[] Rows { get; }

    /// <summary>Which rows do not fit the columns and are written out in full.</summary>
    public bool[] IsOdd { get; }

    /// <summary>The columns in the order of the keys; for a map its keys come first.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The keys of a map; <see langword="null"/> for an array.</summary>
    public Column? Keys { get; }

    /// <summary>Lays a container out as a table; <see langword="null"/> when its values are too few or too unlike.</summary>
    /// <param name="tape">The parsed text.</param>
    /// <param name="node">The container.</param>
    /// <param name="areAllShown">Whether all rows will be shown, so that a reader can count them.</param>
    /// <param name="minLiteral">Literal characters from which a string may be made up from a template.</param>
    public static TablePlan? TryCreate(JsonTape tape, int node, bool areAllShown = true, int minLiteral = ColumnAnalysis.MinLiteral)
    {
        bool isMap = tape.Kind(node) == JsonKind.Object;
        int size = tape.Size(node);
        if (size < (isMap ? MinMapEntries : 2)) return null;
        int[] rows = new int[size];
        int[] keys = isMap ? new int[size] : [];
        int at = node + 1, containers = 0, cells = 0;
        for (int i = 0; i < size; i++)
        {
            if (isMap) keys[i] = at++;
            rows[i] = at;
            if (tape.IsContainer(at))
            {
                containers++;
                cells += tape.Size(at);
            }
            else if (isMap)
            {
                return null;
            }

            at = tape.Next(at);
        }

        if (containers * 10 < size * 7 || cells < MinCells) return null;
        TableSchema? schema = TableSchema.TryCreate(tape, [.. rows]);
        if (schema is null || (isMap && Array.Exists(schema.Root.Values, v => v >= 0))) return null;
        return new TablePlan(tape, rows, schema, isMap ? new Column(KeyColumn, keys) : null, areAllShown, minLiteral);
    }

    private static void Collect(SchemaNode node, List<Column> columns, bool[] isOdd)
    {
        foreach (SchemaNode child in node.Children)
        {
            bool isLeaf = child.Children.Count == 0;
            if (isLeaf || Array.Exists(child.Values, v => v >= 0))
            {
                int[] values = isLeaf ? child.Values : [.. child.Values.Select(v => Math.Max(v, SchemaNode.Absent))];
                bool optional = !isLeaf;
                for (int row = 0; row < values.Length && !optional; row++) optional = values[row] < 0 && !isOdd[row];
                columns.Add(new Column(child.Path, values) { IsOptional = optional });
            }

            Collect(child, columns, isOdd);
        }
    }
}
