namespace Headroom.Compressors.Json;

/// <summary>A column of a table, or a field of a record: one value of each row, and how they are written.</summary>
internal sealed class Column(string path, int[] values)
{
    /// <summary>Name in the header.</summary>
    public string Path { get; } = path;

    /// <summary>The value of each row as a node of the tape, or <see cref="SchemaNode.Absent"/>.</summary>
    public int[] Values { get; } = values;

    /// <summary>Whether some row lacks it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The node all rows agree on; <see cref="SchemaNode.Absent"/> when they do not.</summary>
    public int Constant { get; set; } = SchemaNode.Absent;

    /// <summary>How its strings are made up; <see langword="null"/> when they are written as they are.</summary>
    public Template? Template { get; set; }

    /// <summary>Whether every row shows a cell of this column.</summary>
    public bool HasCells => Constant < 0 && (Template is null || Template.HasHole);

    /// <summary>Whether other columns are made up from this one, so that it must not be made up from them.</summary>
    public bool IsReferenced { get; set; }
}
