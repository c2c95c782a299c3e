using Headroom.Internal.Lines;

namespace Headroom.Compressors.Tables;

/// <summary>Writes one table in its encoded form.</summary>
internal static class TableWriter
{
    /// <summary>An encoded table.</summary>
    /// <param name="Lines">Its lines, the table line first.</param>
    /// <param name="Kinds">The codes its template uses.</param>
    /// <param name="Cost">Its estimated tokens.</param>
    public sealed record Encoded(List<string> Lines, IReadOnlyList<ColumnCodeKind> Kinds, int Cost);

    /// <summary>The cheaper of both readings of the first line, as a header or as a row; or <see langword="null"/> where none can be written.</summary>
    public static Encoded? Write(LineList lines, TableRegion region)
    {
        Encoded? with = Write(lines, region, hasHeader: true), without = Write(lines, region, hasHeader: false);
        return without is null || with?.Cost <= without.Cost ? with : without;
    }

    private static Encoded? Write(LineList lines, TableRegion region, bool hasHeader)
    {
        TableLayout layout = region.Layout;
        if (hasHeader && (region.Rows[0] is not { } header || !layout.CanEncode(header))) return null;
        int first = hasHeader ? 1 : 0;
        List<string[]> fitting = [.. region.Rows.Skip(first).OfType<string[]>()];
        ColumnPlan plan = ColumnPlanner.Plan(fitting, layout.Columns, layout.Separator);
        string[] template = [.. plan.Codes.Select(c => c.ToString())];
        if (!layout.CanEncode(template)) return null;
        bool hasTemplate = !plan.IsPlain || !hasHeader && layout is DelimitedLayout;
        var head = new TableHead(region.Rows.Count, hasHeader, layout.Describe(), hasTemplate, region.EndsWithReturn);
        List<string> output = [TableGrammar.TableLine(head)];
        if (hasHeader) output.Add(string.Join(layout.Separator, region.Rows[0]!));
        if (hasTemplate) output.Add(string.Join(layout.Separator, template));
        var body = new BodyWriter(layout, plan, output);
        for (int i = first; i < region.Rows.Count; i++) body.Write(region.Rows[i], lines[region.First + i]);
        return new Encoded(output, [.. plan.Codes.Select(c => c.Kind)], output.Sum(l => TokenEstimate.Of(l) + 1));
    }

    private sealed class BodyWriter(TableLayout layout, ColumnPlan plan, List<string> output)
    {
        private readonly string[] _fields = new string[plan.VisibleColumns];
        private readonly string[] _heads = new string[plan.SectionColumns];
        private string[]? _above;
        private string? _section;

        public void Write(string[]? row, ReadOnlySpan<char> line)
        {
            if (row is null || !Fill(row) || !layout.CanEncode(_fields) || !layout.CanEncode(_heads))
            {
                output.Add(TableGrammar.Raw + line.ToString());
                return;
            }

            string fields = string.Join(layout.Separator, _fields), section = string.Join(layout.Separator, _heads);
            if (fields.StartsWith(TableGrammar.Raw, StringComparison.Ordinal) || fields.StartsWith(TableGrammar.Section, StringComparison.Ordinal))
            {
                output.Add(TableGrammar.Raw + line.ToString());
                return;
            }

            if (plan.HasSections && section != _section) output.Add(TableGrammar.Section + section);
            _section = section;
            output.Add(fields);
            _above = row;
        }

        private bool Fill(string[] row)
        {
            int field = 0, head = 0;
            for (int c = 0; c < row.Length; c++)
            {
                ColumnCode code = plan.Codes[c];
                string start = code.IsSection ? plan.HeadOf(c, row[c]) : "";
                if (code.IsSection) _heads[head++] = start;
                if (code.IsVisible) _fields[field++] = code.Encode(row[c], _above?[c], start);
            }

            return true;
        }
    }
}
