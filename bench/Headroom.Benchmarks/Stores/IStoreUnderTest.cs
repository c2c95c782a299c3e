using Headroom.Storage;

namespace Headroom.Benchmarks.Stores;

/// <summary>A store to measure. Every class that implements it is found by itself.</summary>
internal interface IStoreUnderTest
{
    /// <summary>Where it stands in the table; equal ones by name.</summary>
    int Order { get; }

    /// <summary>What the table calls it.</summary>
    string Name { get; }

    /// <summary>Opens an empty store; <see langword="null"/> where that is not possible on this machine.</summary>
    /// <param name="folder">An empty folder of its own.</param>
    ValueTask<IOriginalStore?> OpenAsync(string folder);

    /// <summary>Bytes it takes on the disk, once everything is written.</summary>
    ValueTask<long> SizeAsync(IOriginalStore store, string folder);
}
