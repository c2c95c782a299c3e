using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Markup;

/// <summary>Web pages: repeated lines and blocks are folded; of large pages the text for a reader stays, as Markdown, and of templates the lines that hold some.</summary>
internal sealed class MarkupCompressor : ContentCompressor
{
    /// <summary>Characters that are looked at to tell a page from a template.</summary>
    private const int SampleLength = 16 * 1024;

    private static readonly SearchValues<string> PageSigns = SearchValues.Create(["<!doctype html", "<html", "<body", "<div", "<p>", "<span", "<ul", "<td"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> TemplateSigns = SearchValues.Create(["{{", "{%", "<%", "<?php", "<?=", "@model ", "@page", "@Html.", "v-if=", "*ngIf", "th:text="], StringComparison.Ordinal);

    public override string Name => "markup";

    public override bool IsQuotable => true;

    public override double Probe(ReadOnlySpan<char> sample)
    {
        ReadOnlySpan<char> start = sample.TrimStart("\ufeff \t\r\n");
        if (!start.StartsWith('<') || !sample.ContainsAny(PageSigns)) return 0;
        return sample.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase) || sample.Contains("<html", StringComparison.OrdinalIgnoreCase) ? 0.92 : 0.5;
    }

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => TableText.TryDecode(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request) =>
        LineFold.Encode(request.Text) is { } folded ? [new ReformattedCandidate("fold", folded, Equivalence.Bytes) { IsPlain = true }] : [];

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) =>
        (IsPage(request.Text) ? PageElision.Select(request, budget) : null) ?? MarkupLines.Select(request, budget);

    /// <summary>Whether a text is a page for a reader, and not the template of one, which is read to be edited.</summary>
    private static bool IsPage(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> sample = text[..Math.Min(text.Length, SampleLength)];
        bool whole = sample.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase) || sample.Contains("<html", StringComparison.OrdinalIgnoreCase);
        return whole && !sample.ContainsAny(TemplateSigns);
    }
}
