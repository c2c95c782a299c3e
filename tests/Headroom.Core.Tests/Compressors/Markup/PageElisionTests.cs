using System.Diagnostics;
using System.Text;
using Headroom.Retrieval;

namespace Headroom.Compressors.Markup;

public sealed class PageElisionTests
{
    private static string Page(string body) => "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<title>Retry policies</title>\n<style>\nbody { color: red }\n</style>\n</head>\n<body>\n" + body + "\n</body>\n</html>\n";

    private static string Paragraphs(int count) =>
        string.Join('\n', Enumerable.Range(1, count).Select(i => $"<p class=\"text body-{i}\">Paragraph {i} says that a failed\n<b>call</b> is &quot;made again&quot; after a pause, and why.</p>"));

    private static ElidedCandidate Cut(string text, int budget, string question = "")
    {
        ElidedCandidate candidate = new MarkupCompressor().Elide(new CompressionRequest(text) { Question = question }, budget)!;
        int next = 1;
        foreach (ContentRange range in candidate.Parts.Select(p => p is GapPart gap ? gap.Range : ((KeptPart)p).Range).OfType<ContentRange>())
        {
            Assert.Equal(next, range.First);
            Assert.True(range.Last >= range.First);
            next = range.Last + 1;
        }

        Assert.Equal(candidate.Total.Last + 1, next);
        return candidate;
    }

    private static string Shown(ElidedCandidate candidate) =>
        string.Join('\n', candidate.Parts.Select(p => p is GapPart gap ? $"[{gap.Range}: {gap.Phrase}]" : ((KeptPart)p).Text));

    [Fact]
    public void A_page_is_shown_as_it_is_read()
    {
        string text = Page(
            """
            <nav>
            <ul><li><a href="/a">A</a></li>
            <li><a href="/b">B</a></li></ul>
            </nav>
            <h1>Retry <em>policies</em><a class="headerlink" href="#retry">¶</a></h1>
            <p>A policy says how often a <a href="https://example.invalid/call">call</a> is made
            again &amp; when, see <code>Retry.After</code> and the <a href="https://example.invalid/call">call</a> itself.</p>
            <ul>
            <li>
            at once</li>
            <li>after a pause</li>
            </ul>
            <ol><li>first</li>
            <li>second</li></ol>
            <table>
            <tr><th>Name</th><th>Count</th></tr>
            <tr><td>fast</td>
            <td>3</td></tr>
            </table>
            <pre class="code"><span class="k">if</span> (a &lt; b)
                retry();</pre>
            <script>
            track("page view with a long text about retries");
            </script>
            """);
        Assert.Equal(
            """
            (read as Markdown; tags left out)
            # Retry policies
            [5-13: style, navigation]
            # Retry policies

            A policy says how often a [call](https://example.invalid/call) is made
            again & when, see `Retry.After` and the call itself.

            - at once

            - after a pause

            1. first

            2. second

            Name | Count

            fast | 3

            if (a < b)
                retry();
            [31-35: script]
            """, Shown(Cut(text, 10_000)));
    }

    [Fact]
    public void Over_the_budget_the_passage_that_answers_stays_under_its_heading()
    {
        string text = Page(Paragraphs(40) + "\n<h2>Jitter</h2>\n<p>Random jitter keeps clients apart.</p>\n" + Paragraphs(40));
        string shown = Shown(Cut(text, 1_200, "how does jitter keep clients apart?"));
        Assert.Contains("## Jitter\n\nRandom jitter keeps clients apart.", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 400, 2_000);
    }

    [Fact]
    public void A_page_without_line_ends_is_text_beside_one_gap()
    {
        string text = Page(Paragraphs(40)).Replace('\n', ' ');
        ElidedCandidate candidate = Cut(text, 1_500);
        Assert.Equal(ContentRange.Lines(1, 1), Assert.Single(candidate.Parts.OfType<GapPart>()).Range);
        Assert.Contains("Paragraph 1 says that a failed call is \"made again\" after", Shown(candidate), StringComparison.Ordinal);
        Assert.Contains("(...)", Shown(candidate), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrapper_named_like_navigation_is_still_the_page()
    {
        string shown = Shown(Cut(Page("<div class=\"has-sidebar\">\n" + Paragraphs(12) + "\n</div>"), 10_000));
        Assert.Contains("Paragraph 12 says", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_keeps_its_lines()
    {
        string text = Page("<ul>\n{% for item in items %}\n<li>{{ item.name }}</li>\n{% endfor %}\n</ul>\n" + Paragraphs(40));
        RoundTrip.CheckLines(new MarkupCompressor().Elide(new CompressionRequest(text), 1_500)!, text);
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<p>x<a href=\"y\">")]
    [InlineData("<table><tr><td>x")]
    [InlineData("<ul><li>x\n")]
    [InlineData("<nav>x\n")]
    [InlineData("<pre>x\n")]
    [InlineData("</div></p>x\n")]
    [InlineData("<script>")]
    [InlineData("<!--")]
    [InlineData("&notit;<")]
    public void Any_nesting_takes_bounded_time(string piece)
    {
        string text = Page(Paragraphs(10) + string.Concat(Enumerable.Repeat(piece, 100_000)));
        var time = Stopwatch.StartNew();
        Cut(text, 4_000, "what does paragraph 7 say?");
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(10), $"{piece}: {time.Elapsed}"); // some hundred milliseconds; the limit is for busy machines
    }

    [Fact]
    public void Damaged_pages_still_add_up_and_read_back()
    {
        string[] pieces = ["<p>", "</p>", "<div class=\"nav\">", "</div>", "some words of text ", "\n", "\r\n", "\r", "<li>", "<pre>", "</pre>", "<td>", "<tr>", "&lt;", "&#10;", "\0", "<script>", "</script>", "<a href=x>", "</a>", "<h2>", "</h2>", "<code>", "</code>", "<", ">", "<svg>\n", "</svg>", "<ol>", "</ol>", "<br>", "[1-2: 2 lines]\n"];
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var body = new StringBuilder();
            for (int i = random.Next(20, 400); i > 0; i--) body.Append(pieces[random.Next(pieces.Length)]);
            string text = Page(Paragraphs(8) + body);
            ElidedCandidate candidate = Cut(text, random.Next(200, 5_000), "some words");
            Assert.NotNull(MarkerGrammar.Write("7kq2m9x4ab", candidate));
        }
    }
}
