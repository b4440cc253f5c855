using System;

namespace nanoFramework.Runtime.Events;

/// <summary>Is told of a native event.</summary>
public delegate void NativeEventHandler(uint data1, uint data2, DateTime time);
