namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>An axis from 0 to a round number at or above the largest value.</summary>
internal sealed class Axis
{
    /// <summary>Lines across a plot: enough to read a value off, few enough not to be in the way.</summary>
    private const int Steps = 4;

    public Axis(double largest)
    {
        double rough = Math.Max(largest, 1) / Steps, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        Step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10.0 });
        Top = Step * Math.Ceiling(Math.Max(largest, 1) / Step);
    }

    public double Step { get; }

    public double Top { get; }

    public IEnumerable<double> Ticks
    {
        get
        {
            for (int i = 0; i * Step <= Top + Step / 2; i++) yield return i * Step;
        }
    }

    /// <summary>A count in as few characters as tell: <c>25k</c>, <c>1.5M</c>.</summary>
    public static string Short(double value) => value switch
    {
        >= 1e9 => Number(value / 1e9) + "G",
        >= 1e6 => Number(value / 1e6) + "M",
        >= 1e3 => Number(value / 1e3) + "k",
        _ => Number(value),
    };

    private static string Number(double value) => value.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}
