namespace Headroom.Compressors.Diffs;

public sealed class DiffSelectionTests
{
    private const string Context = " the first line of context, which is long enough to be left out\n the second line of context, which is long enough too\n the third line of context, just as long as the others\n";

    private static string Hunk(string header, string changed) => header + "\n" + Context + changed + Context;

    private static string Shown(string text, int budget = 400, string question = "")
    {
        ElidedCandidate candidate = new DiffCompressor().Elide(new CompressionRequest(text) { Question = question }, budget)!;
        RoundTrip.CheckLines(candidate, text);
        return string.Join('\n', candidate.Parts.Select(p => p is GapPart gap ? $"[{gap.Range}: {gap.Phrase}]" : ((KeptPart)p).Text));
    }

    [Fact]
    public void Changed_lines_and_headers_stay_whatever_the_budget()
    {
        string[] changed = [.. Enumerable.Range(1, 60).Select(i => $"-old value {i}\n+new value {i}\n")];
        string text = "diff --git a/a.cs b/a.cs\nindex 4b73d52..bc5461a 100644\n--- a/a.cs\n+++ b/a.cs\n" + string.Concat(changed.Select((c, i) => Hunk($"@@ -{i * 50 + 1},7 +{i * 50 + 1},7 @@ class A", c)));
        string shown = Shown(text);
        Assert.Contains("diff --git a/a.cs b/a.cs", shown, StringComparison.Ordinal);
        for (int i = 0; i < changed.Length; i++)
        {
            Assert.Contains(changed[i].TrimEnd('\n'), shown, StringComparison.Ordinal);
            Assert.Contains($"@@ -{i * 50 + 1},7 +{i * 50 + 1},7 @@ class A", shown, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("context", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_context_beside_changes_stays_while_the_budget_lasts()
    {
        string text = "--- a.txt\t2026-01-01\n+++ a.txt\t2026-01-02\n" + Hunk("@@ -1,7 +1,7 @@", "-old\n+new\n") + Hunk("@@ -101,7 +101,7 @@", "-older\n+newer\n");
        Assert.Equal(
            """
            --- a.txt	2026-01-01
            +++ a.txt	2026-01-02
            [3-5: @@ -1,7 +1,7 @@]
             the third line of context, just as long as the others
            -old
            +new
             the first line of context, which is long enough to be left out
            [10-14: @@ -101,7 +101,7 @@]
             the third line of context, just as long as the others
            -older
            +newer
             the first line of context, which is long enough to be left out
            [19-20: ]
            """, Shown(text, 5_000));
    }

    [Fact]
    public void A_removed_line_that_looks_like_a_header_is_a_changed_line()
    {
        string text = "--- a/q.sql\n+++ b/q.sql\n" + Hunk("@@ -1,8 +1,7 @@", "--- old comment\n-select 1;\n+select 2;\n");
        Assert.Contains("\n--- old comment\n-select 1;\n+select 2;\n", Shown(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diff --cc src/a.cs\nindex 1234567,89abcde..f012345\n--- a/src/a.cs\n+++ b/src/a.cs\n@@@ -1,4 -1,4 +1,5 @@@", "++both\n +ours\n- theirs\n")]
    [InlineData("Index: src/a.cs\n===================================================================\n--- src/a.cs\t(revision 7)\n+++ src/a.cs\t(working copy)\n@@ -1,7 +1,7 @@", "-old\n+new\n")]
    [InlineData("diff -ru old/src/a.cs new/src/a.cs\n--- old/src/a.cs\t2026-01-01 10:00:00\n+++ new/src/a.cs\t2026-01-02 10:00:00\n@@ -1,7 +1,7 @@", "-old\n+new\n")]
    [InlineData("From 51249553c7f8da076f15c8b233a9d8e80f127398 Mon Sep 17 00:00:00 2001\nFrom: Dev One <dev@example.invalid>\nSubject: [PATCH] Say both\n\n---\n a.cs | 2 +-\n\ndiff --git a/a.cs b/a.cs\nindex 4b73d52..bc5461a 100644\n--- a/a.cs\n+++ b/a.cs\n@@ -1,7 +1,7 @@", "-old\n+new\n")]
    [InlineData("commit 51249553c7f8da076f15c8b233a9d8e80f127398\nAuthor: Dev One <dev@example.invalid>\nDate:   Wed Mar 4 10:00:00 2026 +0000\n\n    Say both\n\ndiff --git a/a.cs b/a.cs\nindex 4b73d52..bc5461a 100644\n--- a/a.cs\n+++ b/a.cs\n@@ -1,7 +1,7 @@", "-old\n+new\n")]
    public void Every_spelling_of_diffs_keeps_what_changed(string header, string changed)
    {
        string context = header.StartsWith("diff --cc", StringComparison.Ordinal) ? Context.Replace("\n the", "\n  the", StringComparison.Ordinal).Insert(0, " ") : Context;
        string shown = Shown(header + "\n" + context + changed + context);
        Assert.Contains(changed, shown, StringComparison.Ordinal);
        Assert.Contains(header[(header.LastIndexOf('\n') + 1)..], shown, StringComparison.Ordinal);
        Assert.Contains(header[..header.IndexOf('\n', StringComparison.Ordinal)], shown, StringComparison.Ordinal);
        Assert.DoesNotContain("second line of context", shown, StringComparison.Ordinal);
        if (header.Contains("Say both", StringComparison.Ordinal)) Assert.Contains("Say both", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("package-lock.json", "    \"node_modules/ms\": {\n", "-      \"version\": \"2.0.0\",\n", "-      \"integrity\": \"sha512-rqenAvtM2IROUOWtPybWBeGKLNhTYPYmXwmRiHSZnqMT6VEgiy1XYhqk4bS2dIFM0n0UZyjGtn5EWv3pqpk5w==\",\n")]
    [InlineData("yarn.lock", " ms@^2.0.0:\n", "-  version \"2.0.0\"\n", "-  resolved \"https://registry.example.invalid/ms/-/ms-2.0.0.tgz#5608aeadfc00be6c2901df5f9861788de0d597c8\"\n")]
    [InlineData("Cargo.lock", " name = \"ms\"\n", "-version = \"2.0.0\"\n", "-checksum = \"86d6f5a9a6d5c2c0b4c5d1b0a4f0d2a55608aeadfc00be6c2901df5f9861788d\"\n")]
    [InlineData("go.sum", "", "-example.invalid/ms v2.0.0 h1:5608aeadfc00be6c2901df5f9861788de0d597c8aaaa=\n", "")]
    [InlineData("packages.lock.json", "       \"ms\": {\n", "-        \"resolved\": \"2.0.0\",\n", "-        \"contentHash\": \"rqenAvtM2IROUOWtPybWBeGKLNhTYPYmXwmRiHSZnqMT6VEgiy1XYhqk4bS2dIFM0n0UZyjGtn5EWv3pqpk5w==\"\n")]
    public void Of_lock_files_packages_and_versions_stay(string file, string package, string version, string noise)
    {
        string hunk = package + version + version.Replace('-', '+').Replace("2.0.0", "2.1.3", StringComparison.Ordinal) + noise + noise.Replace('-', '+');
        string text = $"diff --git a/{file} b/{file}\nindex 4b73d52..bc5461a 100644\n--- a/{file}\n+++ b/{file}\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"@@ -{i * 9 + 1},9 +{i * 9 + 1},9 @@\n" + Context + hunk + Context));
        string shown = Shown(text);
        Assert.Contains(package + version, shown, StringComparison.Ordinal);
        Assert.Contains("2.1.3", shown, StringComparison.Ordinal);
        if (noise.Length > 0) Assert.DoesNotContain(noise.Trim(), shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_files_are_counted_not_shown()
    {
        string added = string.Concat(Enumerable.Range(1, 40).Select(i => $"+const part{i} = require('part{i}');\n"));
        string shown = Shown($"diff --git a/dist/app.js b/dist/app.js\nnew file mode 100644\nindex 0000000..bc5461a\n--- /dev/null\n+++ b/dist/app.js\n@@ -0,0 +1,40 @@\n{added}");
        Assert.Equal("diff --git a/dist/app.js b/dist/app.js\nnew file mode 100644\n[3-46: @@ -0,0 +1,40 @@; generated; 40 added]", shown);
    }

    [Fact]
    public void Text_that_was_only_indented_is_shown_once()
    {
        string[] body = [.. Enumerable.Range(1, 12).Select(i => $"    total = total.Add(order.Line{i}.Price);")];
        string text = Hunk("@@ -1,18 +1,21 @@", string.Concat(body.Select(l => "-" + l + "\n")) + "+    if (order.IsOpen)\n+    {\n" + string.Concat(body.Select(l => "+    " + l + "\n")) + "+    }\n");
        string shown = Shown(text);
        Assert.DoesNotContain("-    total", shown, StringComparison.Ordinal);
        Assert.Contains("removed as lines 19-30 but for spaces", shown, StringComparison.Ordinal);
        Assert.All(body, l => Assert.Contains("+    " + l, shown, StringComparison.Ordinal));
    }

    [Fact]
    public void Text_that_was_moved_is_shown_once()
    {
        string[] body = [.. Enumerable.Range(1, 12).Select(i => $"    total = total.Add(order.Line{i}.Price);")];
        string text = Hunk("@@ -1,18 +1,6 @@", string.Concat(body.Select(l => "-" + l + "\n"))) + Hunk("@@ -80,6 +68,18 @@", string.Concat(body.Select(l => "+" + l + "\n")));
        string shown = Shown(text);
        Assert.Contains("-" + body[5], shown, StringComparison.Ordinal);
        Assert.DoesNotContain("+" + body[5], shown, StringComparison.Ordinal);
        Assert.Contains("@@ -80,6 +68,18 @@; added as lines 5-16", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_very_many_changed_lines_those_that_are_asked_for_stay()
    {
        string text = "--- a/a.txt\n+++ b/a.txt\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"@@ -{i * 9 + 1},0 +{i * 9 + 1},8 @@\n" + string.Concat(Enumerable.Range(0, 8).Select(k => $"+{(i == 333 ? "the ledger rounds" : "some other value")} {i} {k} and so on and on and on\n"))));
        string shown = Shown(text, 9_000, "where does the ledger round?");
        Assert.Contains("the ledger rounds 333 7", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 60_000, 110_000);
    }

    [Fact]
    public void Damaged_diffs_are_cut_in_linear_time()
    {
        var random = new Random(7);
        string[] pieces = ["@@ -1,9999999 +1,9999999 @@\n", "@@@ -1 -1 +1 @@@\n", "+x = 1;\n", "-x = 1;\n", " x = 1;\n", "\n", "--- a\n", "+++ b\n", "diff --git a/yarn.lock b/yarn.lock\n", "diff --git a/a b/a\n", "GIT binary patch\n", "commit 1234567\n", "\\ No newline\n", "+++++++++++++++++++++++++++++++\n"];
        string text = string.Concat(Enumerable.Range(0, 200_000).Select(_ => pieces[random.Next(pieces.Length)]));
        RoundTrip.CheckLines(new DiffCompressor().Elide(new CompressionRequest(text) { Question = "x" }, 20_000)!, text);
    }
}
