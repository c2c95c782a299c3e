using Headroom;
using Headroom.Evals;
using Headroom.Evals.Policies;

// dotnet run -c Release --project bench/Headroom.Evals [-- FOLDER]
// FOLDER holds one folder a kind; NAME.keep beside a file lists facts that should stay visible, NAME.query the question. Default: tests/Corpus.
// The other tables, by a word behind "--":
//   needles          one decisive row in up to 100,000; takes some minutes
//   cache-model      the prompt cache as modelled, against what providers reported
//   cache-helpers    what breakpoints, an order of tools and a key save, by the cache model
//   policies FOLDER  ways to shorten histories, over the recorded conversations in a folder
switch (args)
{
    case ["needles"]:
        foreach (CompressionMode mode in (ReadOnlySpan<CompressionMode>)[CompressionMode.Balanced, CompressionMode.Aggressive]) Console.WriteLine($"\n### {mode}\n\n{NeedleTable.RunAsync(mode).GetAwaiter().GetResult()}");
        return 0;
    case ["cache-model"]:
        Console.WriteLine(CacheModelTable.Run());
        return 0;
    case ["cache-helpers"]:
        Console.WriteLine(CacheHelperTable.Run());
        return 0;
    case ["policies", var recordings]:
        Console.WriteLine(await PolicyTable.RunAsync([.. RecordedSession.Read(recordings)]));
        return 0;
}

string folder = args.Length > 0 ? args[0] : EvalInput.DefaultFolder();
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine($"There is no folder \"{folder}\". Name a folder with one subfolder a kind of text, or none for the project's own corpus.");
    return 2;
}

IReadOnlyList<EvalInput> inputs = [.. EvalInput.Read(folder), .. HeadlineInputs.All(), .. WorkloadInputs.All()];
foreach (CompressionMode mode in Enum.GetValues<CompressionMode>())
{
    Console.WriteLine($"\n### {mode}\n");
    Console.WriteLine(await EvalTable.RunAsync(inputs, mode));
}

return 0;
