using System;

namespace nanoFramework.Runtime.Events
{
    public class BaseEvent
    {
        public extern BaseEvent();
        public byte Message;
        public ushort Source;
    }

    public enum EventCategory
    {
        Unknown = 0,
        Custom = 10,
        Gpio = 20,
        SerialDevice = 30,
        Network = 40,
        WiFi = 50,
        Can = 60,
        Storage = 70,
        Radio = 80,
        HighResolutionTimer = 90,
        Bluetooth = 100,
        Usb = 110,
        Touch = 120,
        Gesture = 130,
        OpenThread = 140,
        EspNow = 150,
    }

    public class EventSink : NativeEventDispatcher
    {
        internal extern EventSink();
        public static extern void AddEventFilter(EventCategory eventCategory, IEventListener eventFilter);
        public static extern void AddEventListener(EventCategory eventCategory, IEventListener eventListener);
        public static extern void AddEventProcessor(EventCategory eventCategory, IEventProcessor eventProcessor);
        public static extern void PostManagedEvent(byte category, byte subCategory, ushort data1, uint data2);
        public static extern void RemoveEventFilter(EventCategory eventCategory, IEventListener eventFilter);
        public static extern void RemoveEventListener(EventCategory eventCategory, IEventListener eventListener);
        public static extern void RemoveEventProcessor(EventCategory eventCategory, IEventProcessor eventProcessor);
    }

    public class GenericEvent : BaseEvent
    {
        public extern GenericEvent();
        public DateTime Time;
        public byte Category;
        public uint Data;
    }

    public interface IEventListener
    {
        bool OnEvent(BaseEvent ev);
        void InitializeForEventSource();
    }

    public interface IEventProcessor
    {
        BaseEvent ProcessEvent(uint data1, uint data2, DateTime time);
    }

    public class NativeEventDispatcher : IDisposable
    {
        protected bool disposed;
        protected NativeEventHandler callbacks;
        protected NativeEventHandler threadSpawn;
        protected virtual extern void Dispose(bool disposing);
        public extern NativeEventDispatcher(string driverName, ulong driverData);
        public event NativeEventHandler OnInterrupt;
        public virtual extern void DisableInterrupt();
        public virtual extern void EnableInterrupt();
        public extern void Dispose();
    }

    public delegate void NativeEventHandler(uint data1, uint data2, DateTime time);
}
