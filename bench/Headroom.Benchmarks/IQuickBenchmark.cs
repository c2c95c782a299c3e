namespace Headroom.Benchmarks;

/// <summary>A benchmark class that also has rows for the quick report. Every class that implements it is found by itself.</summary>
internal interface IQuickBenchmark
{
    /// <summary>The rows, in the order to print them.</summary>
    IEnumerable<QuickRow> QuickRows();
}

/// <summary>One line of the quick report.</summary>
/// <param name="Group">What is measured, such as <c>tokens</c>.</param>
/// <param name="Name">The variant, such as <c>json, exact</c>.</param>
/// <param name="Bytes">UTF-8 bytes that one run works through.</param>
/// <param name="Run">One run. What it returns is printed, so that it cannot be optimised away and can be looked at.</param>
internal sealed record QuickRow(string Group, string Name, long Bytes, Func<long> Run);
