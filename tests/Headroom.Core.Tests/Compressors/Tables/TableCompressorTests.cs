using FsCheck;
using FsCheck.Fluent;

namespace Headroom.Compressors.Tables;

public sealed class TableCompressorTests
{
    private static readonly TableCompressor Compressor = new();

    [Fact]
    public void Every_candidate_for_any_text_decodes_exactly()
    {
        int candidates = 0;
        foreach (string text in SeededTexts.Make(seed: 11, count: 4_000)) candidates += RoundTrip.Check(Compressor, text).Count;
        Assert.True(candidates > 500, $"only {candidates} candidates: the texts do not exercise the encodings");
    }

    [Fact]
    public void Any_rows_of_few_different_cells_decode_exactly()
    {
        string[] cells = ["", "a", "a", "\"x, y\"", "2026-01-02", "2026-01-03", "@", "@=", "*", "*??", "^", "10%"];
        Prop.ForAll<int[][]>(rows =>
        {
            string text = "name,value,day\n" + string.Join('\n', rows.Select(r => string.Join(',', Enumerable.Range(0, 3).Select(i => cells[i < r.Length ? (int)((uint)r[i] % cells.Length) : 1]))));
            return RoundTrip.Check(Compressor, text).Count >= 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Days_of_a_month_stand_under_one_line()
    {
        string text = "date,rain,wind\n" + string.Join('\n', Enumerable.Range(1, 28).Select(d => $"2026-02-{d:00},{d % 7}.5,{d % 5}.1"))
            + "\n" + string.Join('\n', Enumerable.Range(1, 28).Select(d => $"2026-03-{d:00},{d % 6}.5,{d % 4}.1"));
        string[] lines = Assert.Single(RoundTrip.Check(Compressor, text)).Text.Split('\n');
        Assert.Equal("@ 2026-02-", lines[4]);
        Assert.Equal("01,1,1", lines[5]);
        Assert.Equal(2, lines.Count(l => l.StartsWith("@ ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Columns_aligned_with_blanks_lose_their_padding_and_get_it_back()
    {
        string text = "NAMESPACE     NAME             READY   STATUS    AGE\n"
            + string.Concat(Enumerable.Range(1, 20).Select(i => $"kube-system   kube-proxy-{i:00}    1/1     Running   {i}d\n"))
            + "kube-system   metrics-server   0/1     Pending   2m";
        Assert.Contains(RoundTrip.Check(Compressor, text), c => c.Text.EndsWith("\n@ 0/1 Pending\nmetrics-server 2m", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_around_a_table_stays_as_it_is()
    {
        string rows = string.Join('\n', Enumerable.Range(0, 12).Select(i => $"web-{i}   10.0.0.{i,-3}   Running   eu-central-1"));
        string text = "$ list machines\nNAME    ADDRESS    STATE     REGION\n" + rows + "\n\n12 machines, 0 stopped.\n";
        Assert.All(RoundTrip.Check(Compressor, text), c =>
        {
            Assert.Contains("\n$ list machines\n", c.Text, StringComparison.Ordinal);
            Assert.EndsWith("\n\n12 machines, 0 stopped.\n", c.Text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("| Name       | Size | Owner of the file |\n| ---------- | ---- | ----------------- |\n", "| {0,-10} | {1,4} | the build service |\n", "")]
    [InlineData(" name       | size | owner of the file \n------------+------+-------------------\n", " {0,-10} | {1,4} | the build service\n", "(20 rows)\n")]
    [InlineData("+------------+------+-------------------+\n| name       | size | owner of the file |\n+------------+------+-------------------+\n", "| {0,-10} | {1,4} | the build service |\n", "+------------+------+-------------------+\n")]
    public void Tables_drawn_with_bars_lose_their_padding_and_get_it_back(string head, string row, string foot)
    {
        string text = head + string.Concat(Enumerable.Range(90, 20).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, row, "part-" + i, i * 7))) + foot;
        Assert.Contains(RoundTrip.Check(Compressor, text), c => c.Encoding == "bars" && c.Text.Contains("\npart-109|763\n", StringComparison.Ordinal) || c.Text.Contains("\npart-109|763", StringComparison.Ordinal));
    }

    [Fact]
    public void A_header_of_ours_with_nonsense_behind_it_does_not_decode()
    {
        foreach (string rest in new[] { "[3 rows, csv]\na,b\n1", "[2 rows, columns at 5 99999]\na b\nc d", "[2 rows, 900000000 columns 3 apart]\na b\nc d", "[1 rows without header, csv, template]\na*b*c\nx", "[2 rows without header, csv, template]\n*^,x\n\n" })
            Assert.False(Compressor.TryExpand("[tables; a row fills the * of its template]\n" + rest, out _), rest);
    }

    [Fact]
    public void Prose_is_no_table()
    {
        Assert.Equal(0, Compressor.Probe("The quick brown fox jumps over the lazy dog.\nIt was not amused by the attention.\nNobody asked the dog about its day.\nThe end of the story."));
    }
}
