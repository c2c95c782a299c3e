namespace Headroom.Compressors.Json;

/// <summary>The columns of a table or the fields of a record as a header declares them, in the order of the keys.</summary>
internal sealed class RowLayout
{
    /// <summary>The columns in the order of the keys.</summary>
    public List<ColumnDeclaration> Columns { get; } = [];

    /// <summary>The columns that have cells, in the order of the cells.</summary>
    public List<int> Cells { get; } = [];

    /// <summary>The row as a tree of places.</summary>
    public LayoutNode Root { get; } = new(new PathSegment("", -1));

    /// <summary>Builds the tree and resolves references. Fails when a reference is unknown.</summary>
    /// <param name="skip">Columns at the start that are not part of the row: the keys of a map.</param>
    public bool TryComplete(int skip)
    {
        Dictionary<string, int> names = new(StringComparer.Ordinal);
        for (int i = 0; i < Columns.Count; i++)
        {
            names.TryAdd(Columns[i].Path, i);
            if (Columns[i].Constant is null && Columns[i].HasCell) Cells.Add(i);
            if (i < skip) continue;
            LayoutNode node = Root;
            foreach (PathSegment segment in ColumnPath.Split(Columns[i].Path))
            {
                if (node.Children.Count == 0 || node.Children[^1].Segment != segment) node.Children.Add(new LayoutNode(segment));
                node = node.Children[^1];
            }

            node.Column = i;
        }

        foreach (ColumnDeclaration column in Columns)
        {
            for (int i = 0; i < column.Parts.Count; i++)
            {
                if (column.Parts[i].Kind != TemplatePartKind.Reference) continue;
                if (!names.TryGetValue(column.Parts[i].Text, out int source) || Columns[source].Parts.Any(p => p.Kind == TemplatePartKind.Reference)) return false;
                column.Parts[i] = column.Parts[i] with { Column = source };
            }
        }

        return true;
    }
}

/// <summary>One column as declared.</summary>
internal sealed class ColumnDeclaration(string path)
{
    public string Path { get; } = path;

    public bool IsOptional { get; set; }

    /// <summary>JSON of the value all rows have.</summary>
    public string? Constant { get; set; }

    /// <summary>The template of its strings; empty when there is none.</summary>
    public List<TemplatePart> Parts { get; } = [];

    /// <summary>Whether the template is a sequence of numbers, not strings.</summary>
    public bool IsNumber { get; set; }

    public bool HasCell => Constant is null && (Parts.Count == 0 || Parts.Exists(p => p.Kind == TemplatePartKind.Hole));
}

/// <summary>A place in a row.</summary>
internal sealed class LayoutNode(PathSegment segment)
{
    public PathSegment Segment { get; } = segment;

    public int Column { get; set; } = -1;

    public List<LayoutNode> Children { get; } = [];
}

/// <summary>The value of a cell: absent, a string, or other JSON.</summary>
internal readonly record struct CellValue(string? Text, bool IsString)
{
    public bool IsAbsent => Text is null;
}
