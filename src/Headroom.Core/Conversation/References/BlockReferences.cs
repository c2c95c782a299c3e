using System.Globalization;
using System.Text;
using Headroom.Tokens;

namespace Headroom.Conversation.References;

/// <summary>Replaces runs of lines that already stand, visible, earlier in the conversation by one short line saying where.</summary>
internal sealed class BlockReferences(ITokenCounter tokens)
{
    /// <summary>A block must save at least this many tokens: a reference asks the reader to look elsewhere, which is worth something.</summary>
    private const int MinSaving = 12;

    /// <summary>Shorter blocks are not even counted, in characters: the reference line itself is about this long.</summary>
    private const int MinCharacters = 100;

    /// <summary>The outcome with references where they save, or the outcome as it is.</summary>
    public ItemOutcome Refer(string original, ItemOutcome whole, VisibleLines visible)
    {
        ItemOutcome best = whole;
        if (visible.IsEmpty) return best;
        foreach (string text in whole.Form == ItemForm.Unchanged ? [original] : new[] { original, whole.Text })
        {
            if (Write(new TextLines(text), visible) is not { } referred) continue;
            int after = tokens.Count(referred);
            if (after < best.TokensAfter)
                best = whole with { Text = referred, Form = ItemForm.Referenced, Reason = OutcomeReason.Compressed, Encoding = "references", TokensAfter = after };
        }

        return best;
    }

    private string? Write(TextLines lines, VisibleLines visible)
    {
        StringBuilder? text = null;
        int written = 0; // first line not yet written
        for (int line = 0; line + 2 < lines.Count;)
        {
            if (visible.Find(lines, line) is not { } block || Reference(lines, line, block) is not { } reference)
            {
                line++;
                continue;
            }

            text ??= new StringBuilder();
            text.Append(lines.Text, lines.Start(written), lines.Start(line) - lines.Start(written)).Append(reference).Append('\n');
            line = written = line + block.Length;
        }

        if (text is null) return null;
        if (written < lines.Count) text.Append(lines.Text, lines.Start(written), lines.Text.Length - lines.Start(written));
        else text.Length--; // the line end after a reference that stands last
        return text.ToString();
    }

    /// <summary>The line that stands for a block, or null where it does not pay.</summary>
    private string? Reference(TextLines lines, int line, VisibleBlock block)
    {
        ReadOnlySpan<char> replaced = lines.Text.AsSpan(lines.Start(line), lines.Start(line + block.Length) - lines.Start(line) - 1);
        if (replaced.Length < MinCharacters) return null;
        int here = lines.IsNumbered ? lines.Number(line) : -1;
        bool renumbered = here >= 0 && !(block.Text.Lines.IsNumbered && block.Text.Lines.Number(block.Line) == here);
        string numbers = renumbered ? string.Create(CultureInfo.InvariantCulture, $", here numbered {here}-{here + block.Length - 1}") : "";
        string reference = $"[= lines {block.Range} of {block.Text.Label} above{numbers}]";
        return tokens.Count(replaced) - tokens.Count(reference) >= MinSaving ? reference : null;
    }
}
