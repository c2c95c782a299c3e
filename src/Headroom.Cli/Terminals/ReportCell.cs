namespace Headroom.Cli.Terminals;

/// <summary>How a cell is to be taken.</summary>
internal enum CellTone
{
    Plain,
    Good,
    Bad,
}

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Tone">How that is to be taken.</param>
internal readonly record struct ReportCell(string Text, CellTone Tone = CellTone.Plain)
{
    /// <summary>A smaller share is as good as none.</summary>
    private const double Telling = 0.0005;

    public static implicit operator ReportCell(string text) => new(text);

    public static implicit operator ReportCell(long value) => new(Figure.Count(value));

    /// <summary>A share that is good above and bad below zero.</summary>
    public static ReportCell Saving(double? share) => new(Figure.Percent(share), ToneOf(share));

    public static CellTone ToneOf(double? share) => share switch { > Telling => CellTone.Good, < -Telling => CellTone.Bad, _ => CellTone.Plain };
}
