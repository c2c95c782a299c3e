namespace Headroom.Compressors.Json;

/// <summary>A place in the rows of a table: a key of an object, an index of an array, or the row itself.</summary>
internal sealed class SchemaNode(string path, string key, int[] values)
{
    /// <summary>A row that has no value here.</summary>
    public const int Absent = -1;

    /// <summary>Dotted path from the row; empty for the row itself.</summary>
    public string Path { get; } = path;

    /// <summary>The key as it stands in the text, without quotes.</summary>
    public string Key { get; } = key;

    /// <summary>The value of each row at this place as a node of the tape. Values that went to the children are absent here.</summary>
    public int[] Values { get; } = values;

    /// <summary>The places below this one, in their order; empty where the value is a cell.</summary>
    public List<SchemaNode> Children { get; } = [];
}
