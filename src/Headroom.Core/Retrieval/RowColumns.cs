namespace Headroom.Retrieval;

/// <summary>Rows of an array with the members wanted of each: <c>/items[4-66]/id,user/login</c>.</summary>
/// <param name="RowsPath">The path of the rows.</param>
/// <param name="Columns">Members wanted, in the order asked for, each as the keys that lead to it.</param>
internal sealed record RowColumns(string RowsPath, IReadOnlyList<IReadOnlyList<string>> Columns)
{
    /// <summary>More columns than this are not a choice of columns.</summary>
    private const int MaxColumns = 64;

    /// <summary>Reads a path with columns, also in the spellings <c>$.items[*].id</c> and <c>/items[4-66]{id,name}</c>; <see langword="null"/> when it is none.</summary>
    public static RowColumns? Parse(string path)
    {
        string text = path.Trim(' ', '"', '\'', '`').TrimEnd('}');
        int close = text.LastIndexOf(']');
        if (close < 0 || close + 2 >= text.Length || text[close + 1] is not ('/' or '.' or '{')) return null;
        bool isScript = text[close + 1] == '.';
        string[] names = text[(close + 2)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length is 0 or > MaxColumns) return null;
        return new RowColumns(text[..(close + 1)], [.. names.Select(n => JsonPath.KeysOf(isScript ? n.Replace('.', '/') : n, unescape: true))]);
    }

    /// <summary>The columns as a path names them.</summary>
    public override string ToString() => string.Join(',', Columns.Select(Name));

    /// <summary>A column as a path names it, without the slash in front.</summary>
    public static string Name(IReadOnlyList<string> column) => new JsonPath(column).Pointer(column.Count)[1..];
}
