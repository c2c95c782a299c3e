namespace Headroom.Compressors.Config;

public sealed class ConfigCompressorTests
{
    private static readonly ReportCompressor Report = new();
    private static readonly ConfigCompressor Config = new();

    [Fact]
    public void Every_candidate_for_any_text_decodes_exactly()
    {
        int candidates = 0;
        foreach (string text in SeededTexts.Make(seed: 5, count: 2_000))
        {
            candidates += RoundTrip.Check(Report, text).Count + RoundTrip.Check(Config, text).Count;
            RoundTrip.Check(Report, "creationTimestamp: null\n" + text);
        }

        Assert.True(candidates > 100, $"only {candidates} candidates: the texts do not exercise the encodings");
    }

    [Fact]
    public void Like_elements_of_a_report_become_a_template_and_rows()
    {
        string text = "<testsuite name=\"shop\">\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"  <testcase classname=\"shop.cart\" name=\"adds_{i}_items\" time=\"0.0{i}\"/>\n")) + "</testsuite>\n";
        string encoded = RoundTrip.Check(Report, text).First(c => c.Encoding == "records").Text;
        Assert.Contains("  <testcase classname=\"shop.cart\" name=\"{*}\" time=\"0.{*}\"/>\nadds_1_items|01\nadds_2_items|02\n", encoded, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_between_one_line_results_stays_in_its_place()
    {
        string text = "<testsuite>\n" + string.Concat(Enumerable.Range(1, 30).Select(i => i == 17
            ? "  <testcase name=\"t17\" time=\"9.1\">\n    <failure message=\"expected 3 but was 4\">at Cart.Total()</failure>\n  </testcase>\n"
            : $"  <testcase name=\"t{i}\" time=\"0.0{i}\"/>\n"));
        Assert.Contains("\n@=    <failure message=\"expected 3 but was 4\">at Cart.Total()</failure>\n", RoundTrip.Check(Report, text).First(c => c.Encoding == "records").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?>\n<testsuites>\n", true)]
    [InlineData("apiVersion: v1\nmetadata:\n  creationTimestamp: null\n", true)]
    [InlineData("# who may deploy\nservices:\n  web:\n    image: web:1\n    ports:\n      - 80\n  db:\n    image: db:2\n    ports:\n      - 90\n", false)]
    public void Reports_are_told_from_files_that_people_edit(string text, bool isReport)
    {
        Assert.Equal(isReport, Report.Probe(text) > Config.Probe(text));
    }

    [Fact]
    public void A_file_that_people_edit_keeps_every_visible_line()
    {
        string text = string.Concat(new[] { "orders", "billing", "search", "reports" }.Select((s, i) =>
            $"  {s}:\n    image: registry.example.com/{s}:1.{i}.0\n    restart: unless-stopped\n    environment:\n      LOG_LEVEL: info\n      OTEL_EXPORTER_OTLP_ENDPOINT: http://otel:4317\n    ports:\n      - \"80{i}0:8080\"\n"));
        HashSet<string> original = [.. text.Split('\n')];
        foreach (ReformattedCandidate candidate in RoundTrip.Check(Config, text))
            Assert.All(candidate.Text.Split('\n').Skip(1), line => Assert.True(original.Contains(line) || line.StartsWith("[= ", StringComparison.Ordinal), line));
    }

    [Fact]
    public void Values_aligned_with_their_keys_lose_the_blanks()
    {
        string[] keys = ["Name", "Namespace", "Priority", "Service Account", "Node", "Start Time", "Status", "IP", "Container ID", "Image", "Image ID", "Port", "Host Port", "Ready", "Restart Count", "QoS Class"];
        string text = string.Concat(keys.Select((k, i) => $"{k + ":",-18}value-{i}\n")) + "Conditions:\n" + string.Concat(keys.Select((k, i) => $"    {k + ":",-17}{i}\n"));
        string encoded = RoundTrip.Check(Report, text).First(c => c.Encoding == "values").Text;
        Assert.Contains("\nName: value-0\nNamespace: value-1\n", encoded, StringComparison.Ordinal);
    }
}
