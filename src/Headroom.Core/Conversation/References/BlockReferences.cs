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
            if (Write(new TextLines(text), visible) is not var (referred, kept)) continue;
            int after = tokens.Count(referred);
            if (after < best.TokensAfter)
            {
                best = whole with
                {
                    Text = referred,
                    Form = ItemForm.Referenced,
                    Reason = OutcomeReason.Compressed,
                    Encoding = "references",
                    TokensAfter = after,
                    KeptLines = kept,
                };
            }
        }

        return best;
    }

    /// <summary>The text with references, and which of its lines are not references; null where there is nothing to point at.</summary>
    private (string Text, List<ContentRange> Kept)? Write(TextLines lines, VisibleLines visible)
    {
        StringBuilder? text = null;
        List<ContentRange> kept = [];
        int read = 0, written = 0; // lines done on either side
        for (int line = 0; line < lines.Count;)
        {
            if (visible.Find(lines, line) is not { } block || Reference(lines, line, block) is not { } reference)
            {
                line++;
                continue;
            }

            text ??= new StringBuilder();
            Keep(line);
            text.Append(reference).Append('\n');
            line = read = line + block.Length;
            written++;
        }

        if (text is null) return null;
        if (read < lines.Count) Keep(lines.Count);
        else text.Length--; // the line end after a reference that stands last
        return (text.ToString(), kept);

        void Keep(int end)
        {
            if (read == end) return;
            text.Append(lines.Text, lines.Start(read), Math.Min(lines.Start(end), lines.Text.Length) - lines.Start(read));
            kept.Add(ContentRange.Lines(written + 1, written + end - read));
            written += end - read;
        }
    }

    /// <summary>The line that stands for a block, or null where it does not pay.</summary>
    private string? Reference(TextLines lines, int line, VisibleBlock block)
    {
        ReadOnlySpan<char> replaced = lines.Text.AsSpan(lines.Start(line), lines.Start(line + block.Length) - lines.Start(line) - 1);
        if (replaced.Length < MinCharacters) return null;
        int here = lines.IsNumbered ? lines.Number(line) : -1;
        bool renumbered = here >= 0 && !(block.Text.Lines.IsNumbered && block.Text.Lines.Number(block.Line) == here);
        string numbers = renumbered ? $", here numbered {VisibleBlock.Numbers(here, block.Length)}" : "";
        string reference = $"[= {block.Range} of {block.Text.Label} above{numbers}]";
        return tokens.Count(replaced) - tokens.Count(reference) >= MinSaving ? reference : null;
    }
}
