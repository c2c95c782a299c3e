using Headroom.Internal.Lines;

namespace Headroom.Internal.Tables;

/// <summary>Writes one table in its encoded form.</summary>
internal static class TableWriter
{
    /// <summary>Rows that decide whether the first one is a header: with a header among them they cost more, and more rows would only repeat that.</summary>
    private const int DecidingRows = 500;

    /// <summary>An encoded table.</summary>
    /// <param name="Lines">Its lines, the table line first.</param>
    /// <param name="Kinds">The codes its template uses.</param>
    /// <param name="Cost">Its estimated tokens.</param>
    public sealed record Encoded(List<string> Lines, IReadOnlyList<ColumnCodeKind> Kinds, int Cost);

    /// <summary>The cheaper of both readings of the first line, as a header or as a row; or <see langword="null"/> where none can be written.</summary>
    public static Encoded? Write(LineList lines, TableRegion region, bool wholeNames)
    {
        if (region.Layout is RecordLayout records) return WriteRecords(lines, region, records, wholeNames);
        if (region.Rows.Count <= 2 * DecidingRows) return WriteCheaper(lines, region, wholeNames).Table;
        (bool hasHeader, _) = WriteCheaper(lines, region with { Rows = [.. region.Rows.Take(DecidingRows)] }, wholeNames);
        return WriteRows(lines, region, hasHeader, wholeNames) ?? WriteRows(lines, region, !hasHeader, wholeNames);
    }

    /// <summary>Estimated tokens of the first rows of the longest table: enough to tell which of two layouts suits it.</summary>
    public static long CostOfSome(LineList lines, IReadOnlyList<TableRegion> regions)
    {
        TableRegion longest = regions.MaxBy(r => r.Rows.Count)!;
        TableRegion some = longest with { Rows = [.. longest.Rows.Take(DecidingRows)] };
        return WriteCheaper(lines, some, wholeNames: false).Table?.Cost ?? long.MaxValue;
    }

    private static (bool HasHeader, Encoded? Table) WriteCheaper(LineList lines, TableRegion region, bool wholeNames)
    {
        Encoded? with = WriteRows(lines, region, hasHeader: true, wholeNames), without = WriteRows(lines, region, hasHeader: false, wholeNames);
        return without is null || with?.Cost <= without.Cost ? (true, with) : (false, without);
    }

    private static Encoded? WriteRows(LineList lines, TableRegion region, bool hasHeader, bool wholeNames)
    {
        TableLayout layout = region.Layout;
        string[]? header = region.Rows[0].Cells;
        if (hasHeader && (header is null || !layout.CanEncode(header))) return null;
        List<TableRow> body = [.. region.Rows.Skip(hasHeader ? 1 : 0)];
        ColumnPlan plan = ColumnPlanner.Plan([.. body.Select(r => r.Cells).OfType<string[]>()], layout.Columns, layout.Separator, wholeNames);
        string[] template = [.. plan.Codes.Select(c => c.ToString())];
        if (!layout.CanEncode(template)) return null;
        bool hasTemplate = !plan.IsPlain || (!hasHeader && layout is DelimitedLayout);
        var head = new TableHead(hasHeader ? 1 : 0, 0, hasHeader, layout.Describe(), hasTemplate, region.EndsWithReturn);
        List<string> output = [""];
        if (hasHeader) output.Add(string.Join(layout.Separator, header!));
        if (hasTemplate) output.Add(string.Join(layout.Separator, template));
        return WriteBody(lines, body, layout, plan, head, output);
    }

    private static Encoded? WriteRecords(LineList lines, TableRegion region, RecordLayout layout, bool wholeNames)
    {
        ColumnPlan plan = ColumnPlanner.Plan([.. region.Fitting], layout.Columns, layout.Separator, wholeNames);
        if (layout.Template(plan.Codes) is not { } template) return null;
        var head = new TableHead(0, layout.Lines, HasHeader: false, layout.Describe(), HasTemplate: true, EndsWithReturn: false);
        return WriteBody(lines, region.Rows, layout, plan, head, ["", .. template.Split('\n')]);
    }

    private static Encoded WriteBody(LineList lines, IEnumerable<TableRow> rows, TableLayout layout, ColumnPlan plan, TableHead head, List<string> output)
    {
        var body = new BodyWriter(lines, layout, plan, output);
        foreach (TableRow row in rows) body.Write(row);
        output[0] = TableGrammar.TableLine(head with { Rows = head.Rows + body.Count });
        return new Encoded(output, [.. plan.Codes.Select(c => c.Kind)], output.Sum(l => TokenEstimate.Of(l) + 1));
    }

    private sealed class BodyWriter(LineList lines, TableLayout layout, ColumnPlan plan, List<string> output)
    {
        private readonly string[] _fields = new string[plan.VisibleColumns];
        private readonly string[] _heads = new string[plan.SectionColumns];
        private string[]? _above;
        private string? _section;

        /// <summary>Rows and raw lines written so far.</summary>
        public int Count { get; private set; }

        public void Write(TableRow row)
        {
            if (row.Cells is null)
            {
                AddRaw(row.Line, 1);
                return;
            }

            Fill(row.Cells);
            string fields = string.Join(layout.Separator, _fields), section = string.Join(layout.Separator, _heads);
            bool looksLikeAnother = fields.StartsWith(TableGrammar.Raw, StringComparison.Ordinal) || fields.StartsWith(TableGrammar.Section, StringComparison.Ordinal);
            if (looksLikeAnother || !layout.CanEncode(_fields) || !layout.CanEncode(_heads))
            {
                AddRaw(row.Line, layout is RecordLayout records ? records.Lines : 1);
                return;
            }

            if (plan.HasSections && section != _section) output.Add(TableGrammar.Section + section);
            _section = section;
            output.Add(fields);
            Count++;
            _above = row.Cells;
        }

        private void AddRaw(int line, int count)
        {
            for (int i = 0; i < count; i++) output.Add(TableGrammar.Raw + lines[line + i].ToString());
            Count += count;
        }

        private void Fill(string[] row)
        {
            int field = 0, head = 0;
            for (int c = 0; c < row.Length; c++)
            {
                ColumnCode code = plan.Codes[c];
                string start = code.IsSection ? plan.HeadOf(c, row[c]) : "";
                if (code.IsSection) _heads[head++] = start;
                if (code.IsVisible) _fields[field++] = code.Encode(row[c], _above?[c], start);
            }
        }
    }
}
